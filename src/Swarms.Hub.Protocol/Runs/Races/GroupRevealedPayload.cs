using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The data of <c>group.revealed</c>. When a run of a revealed group is removed, the event is erased and appended anew without that run.
/// </summary>
/// <param name="Group">The group's id.</param>
/// <param name="Results">The votes of each run that is left, most first; runs with as many votes are in order of their numbers.</param>
/// <param name="Runs">The facts that a blind group has hidden of each run; empty for another group.</param>
public sealed record GroupRevealedPayload(string Group, IReadOnlyList<GroupResult> Results, IReadOnlyList<RevealedRun> Runs)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static GroupRevealedPayload Read(JsonElement data) => new(
        data.Text("group") ?? "",
        [.. data.List("results").Select(GroupResult.Read)],
        [.. data.List("runs").Select(RevealedRun.Read)]);
}
