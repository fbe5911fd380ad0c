using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>group.voted</c>. A member has one vote in a group: a later one replaces it.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="Run">The run that the member votes for; null where the member takes the vote back.</param>
public sealed record GroupVotedPayload(
    string Group,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Run)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static GroupVotedPayload Read(JsonElement data) => new(data.Text("group") ?? "", data.Text("run"));
}
