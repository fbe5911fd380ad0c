using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Changes of a room's runs, each in the commit of its event.</summary>
internal abstract record RunChange : RoomChange
{
    /// <summary>Saves the run as it stands, with its text once it has ended, and the key of its events' data.</summary>
    internal sealed record Save(Run Run, DataKey Key) : RunChange;

    /// <summary>Binds a member's idempotency key to a run. The commit fails with <c>conflict</c> if the key is bound already.</summary>
    internal sealed record BindKey(string RunId, string MemberId, string Key, byte[] RequestHash) : RunChange;

    /// <summary>
    /// Hides, shows or removes an ended run, as the commit's first event says; a removal erases all data of the run's events. The commit
    /// fails with <c>forbidden</c> if <paramref name="By"/> is no host any more, with <c>not_found</c> if there is no such run, and with
    /// <c>conflict</c> if it has not ended, was removed, is that way already, or is shown by a <c>group.revealed</c> that stays.
    /// </summary>
    internal sealed record Moderate(string RunId, string By) : RunChange;
}
