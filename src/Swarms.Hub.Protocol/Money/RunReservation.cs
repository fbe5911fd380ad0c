using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The part of a budget that a run holds until its usage is known; null where no budget counts it or nothing bounds it.</summary>
/// <param name="Tokens">The most tokens that it asks the upstream for.</param>
/// <param name="EstimatedCost">Its cost at the operator's prices, a decimal as text.</param>
public sealed record RunReservation(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Tokens,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EstimatedCost)
{
    /// <summary>Reads the object of an event. A field that is missing or of another type is null.</summary>
    public static RunReservation Read(JsonElement reserved) => new(reserved.Number("tokens"), reserved.Text("estimatedCost"));
}
