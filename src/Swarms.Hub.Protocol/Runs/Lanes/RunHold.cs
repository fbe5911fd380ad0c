using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A run's text is held back: hosts see it first, in the run's lane.</summary>
/// <param name="Lane">The id of the lane, which hosts watch like a room.</param>
/// <param name="Seconds">The time after which the text is released; null where a host releases it.</param>
public sealed record RunHold(
    string Lane,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Seconds)
{
    /// <summary>Reads the object of an event; null without a lane.</summary>
    public static RunHold? Read(JsonElement hold) =>
        hold.Text("lane") is { } lane ? new RunHold(lane, (int?)hold.Number("seconds")) : null;
}
