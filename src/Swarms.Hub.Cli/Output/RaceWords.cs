using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Events of races as lines: their start, the votes and the results.</summary>
internal static class RaceWords
{
    /// <summary>Returns the line of an event; null for an event of another kind, or one whose data was erased.</summary>
    /// <param name="roomEvent">The event.</param>
    /// <param name="who">The name of the member who caused it.</param>
    /// <param name="state">The state after the event.</param>
    public static string? Of(RoomEvent roomEvent, string who, RoomSnapshot state)
    {
        var data = roomEvent.Data;
        return roomEvent.Type switch
        {
            _ when ErasedPayload.Read(data) is not null => null,
            EventTypes.GroupStarted when GroupStartedPayload.Read(data) is var (id, isBlind, runs) =>
                $"{who} starts the {(isBlind ? "blind race" : "race")} {id} of {runs.Count}",
            EventTypes.GroupVoted when GroupVotedPayload.Read(data) is { Run: { } run } => $"{who} votes for {TitleOf(state, run)}",
            EventTypes.GroupVoted => $"{who} takes a vote back",
            EventTypes.GroupRevealed when GroupRevealedPayload.Read(data) is var (id, results, _) =>
                $"{who} reveals the race {id}: {string.Join(", ", results.Select(one => $"{TitleOf(state, one.Run)} {Votes(one.Votes)}"))}",
            _ => null,
        };
    }

    public static string Votes(int count) => count == 1 ? "1 vote" : $"{count} votes";

    private static string TitleOf(RoomSnapshot state, string runId) => state.FindRun(runId) switch
    {
        { Group.Number: var number } run when RunSummary.IsNamed(run) => $"{RunSummary.Title(run)}, number {number},",
        { } run => RunSummary.Title(run),
        null => runId,
    };
}
