using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>lane.released</c>: a host releases the text up to a place.</summary>
/// <param name="To">The place in the lane's text, in UTF-16 units.</param>
public sealed record LaneReleasedPayload(int To)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is 0.</summary>
    public static LaneReleasedPayload Read(JsonElement data) => new((int)(data.Number("to") ?? 0));
}
