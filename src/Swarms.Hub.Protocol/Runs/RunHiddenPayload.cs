using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.hidden</c> and <c>run.shown</c>.</summary>
/// <param name="Run">The run's id. The event belongs to the room, not to the run.</param>
public sealed record RunHiddenPayload(string Run)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunHiddenPayload Read(JsonElement data) => new(data.Text("run") ?? "");
}
