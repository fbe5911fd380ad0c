using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The place of a run in its thread: a tree of runs that continue or supersede each other.</summary>
/// <param name="Root">The id of the thread's first run.</param>
/// <param name="Turn">Its depth in the tree: 1 for the first turn, and one more for each run that it continues.</param>
public sealed record RunThread(string Root, int Turn)
{
    /// <summary>The id of the run that it continues; null in a first turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Continues { get; init; }

    /// <summary>The id of the run in whose place it stands, once it is queued; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Supersedes { get; init; }

    /// <summary>The number of attempts to go on from an unfinished run, this one included; null where it continues no such run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    /// <summary>The messages that go along; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageInclusion? Include { get; init; }

    /// <summary>Reads the object of an event; null without a root.</summary>
    public static RunThread? Read(JsonElement thread) => thread.Text("root") is { } root
        ? new RunThread(root, (int)(thread.Number("turn") ?? 1))
        {
            Continues = thread.Text("continues"),
            Supersedes = thread.Text("supersedes"),
            Attempt = (int?)thread.Number("attempt"),
            Include = MessageInclusion.Read(thread.Object("include")),
        }
        : null;
}
