using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>group.started</c>. Its runs' <c>run.queued</c> follow in the same commit.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="IsBlind">True if what tells the agents apart is hidden until a host reveals it.</param>
/// <param name="Runs">The ids of its runs in order of their numbers.</param>
public sealed record GroupStartedPayload(string Group, bool IsBlind, IReadOnlyList<string> Runs)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static GroupStartedPayload Read(JsonElement data) =>
        new(data.Text("group") ?? "", data.IsTrue("isBlind"), data.Texts("runs"));
}
