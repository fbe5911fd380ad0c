using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>lane.masked</c>: a host masks a passage of the text that is held.</summary>
/// <param name="Start">The passage's first unit in the lane's text.</param>
/// <param name="End">The unit behind its last one.</param>
public sealed record LaneMaskedPayload(int Start, int End)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is 0.</summary>
    public static LaneMaskedPayload Read(JsonElement data) =>
        new((int)(data.Number("start") ?? 0), (int)(data.Number("end") ?? 0));
}
