using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Changes of a room's runs, in the commit of the event that says so.</summary>
internal abstract record RunChange : RoomChange
{
    /// <summary>The run as it stands, with its text once it has ended, and the key of its events' data.</summary>
    internal sealed record Save(Run Run, DataKey Key) : RunChange;

    /// <summary>Binds a member's idempotency key to a run. The commit fails with <c>conflict</c> where it is bound.</summary>
    internal sealed record BindKey(string RunId, string MemberId, string Key, byte[] RequestHash) : RunChange;
}
