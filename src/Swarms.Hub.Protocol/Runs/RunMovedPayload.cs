using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.moved</c>.</summary>
/// <param name="Position">The run's new place in the room's queue.</param>
public sealed record RunMovedPayload(int? Position)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is null.</summary>
    public static RunMovedPayload Read(JsonElement data) => new((int?)data.Number("position"));
}
