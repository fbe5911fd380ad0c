using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.placed</c>.</summary>
/// <param name="Rank">Its place among the proposals from now on.</param>
public sealed record RunPlacedPayload(long Rank)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunPlacedPayload Read(JsonElement data) => new(data.Number("rank") ?? 0);
}
