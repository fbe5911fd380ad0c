using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>hand.raised</c> and <c>hand.lowered</c>.</summary>
/// <param name="Member">Of a hand that a host lowered: its member's id. Otherwise the event's <c>by</c> names the member.</param>
public sealed record HandPayload([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Member = null)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is null.</summary>
    public static HandPayload Read(JsonElement data) => new(data.Text("member"));
}
