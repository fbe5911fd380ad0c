using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>
/// A passage of a run's text: a reference to its chunks, never a copy. Offsets count UTF-16 units in the <c>content</c> of a chunk.
/// </summary>
/// <param name="Run">The run's id.</param>
/// <param name="From">The sequence of the first chunk.</param>
/// <param name="FromOffset">The first unit, in the first chunk.</param>
/// <param name="To">The sequence of the last chunk; it may be the first one.</param>
/// <param name="ToOffset">The end in the last chunk: the unit behind the last one.</param>
public sealed record Passage(string Run, long From, int FromOffset, long To, int ToOffset)
{
    /// <summary>Reads the field of this name of an event's data; null if it is no passage.</summary>
    public static Passage? Read(JsonElement data, string name)
    {
        var passage = data.Object(name);
        return passage.Text("run") is { } run
            && passage.Number("from") is { } from && Offset(passage, "fromOffset") is { } fromOffset
            && passage.Number("to") is { } to && Offset(passage, "toOffset") is { } toOffset
                ? new Passage(run, from, fromOffset, to, toOffset)
                : null;
    }

    private static int? Offset(JsonElement passage, string name) =>
        passage.Number(name) is { } offset and >= 0 and <= int.MaxValue ? (int)offset : null;
}
