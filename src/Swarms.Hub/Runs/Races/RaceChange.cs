using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Changes of a room's groups, each in the commit of its event.</summary>
internal abstract record RaceChange : RoomChange
{
    /// <summary>Saves a new group.</summary>
    internal sealed record Start(RunGroup Group) : RaceChange;

    /// <summary>Keeps what a blind group hides of a run, as far as it is known.</summary>
    internal sealed record Hide(string GroupId, HiddenRun Run) : RaceChange;

    /// <summary>Completes what is hidden of a run that the hub lost. Changes nothing for every other run.</summary>
    internal sealed record Lose(string RunId, bool HasSpent) : RaceChange;

    /// <summary>
    /// Gives a member's vote to a run of the group, as the commit's only event says; without a run it takes the vote back. The commit fails
    /// with <c>not_found</c>, with <c>conflict</c> if the group is revealed, the run was removed or the vote is that way already, and with
    /// <c>too_large</c> if too many have voted.
    /// </summary>
    internal sealed record Vote(string GroupId, string? RunId) : RaceChange;

    /// <summary>
    /// Reveals the group, as the commit's first event says. The commit fails with <c>forbidden</c> if <paramref name="By"/> is no host any
    /// more, with <c>conflict</c> if a run has not ended or the group was revealed, and with a <c>conflict</c> whose
    /// <see cref="Errors.HubErrorException.ChangesNothing"/> is set if votes or runs changed since the event was made.
    /// </summary>
    internal sealed record Reveal(string GroupId, string By) : RaceChange;

    /// <summary>
    /// Erases the group's <c>group.revealed</c>, in whose place the commit appends one without the run that it removes. It fails with a
    /// <c>conflict</c> whose <see cref="Errors.HubErrorException.ChangesNothing"/> is set if that event is not the last one any more.
    /// </summary>
    internal sealed record Revise(string GroupId, long Revealed) : RaceChange;
}
