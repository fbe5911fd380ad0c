using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The place of a run in its group.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Number">The run's number in the group, from 1. In a blind group the numbers are in random order.</param>
public sealed record GroupPlace(string Id, int Number)
{
    /// <summary>Reads the object of an event; null without an id.</summary>
    public static GroupPlace? Read(JsonElement group) =>
        group.Text("id") is { } id ? new GroupPlace(id, (int)(group.Number("number") ?? 0)) : null;
}
