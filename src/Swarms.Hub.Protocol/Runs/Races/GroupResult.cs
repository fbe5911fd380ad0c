using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The number of votes for one run of a revealed group.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Votes">The number of votes.</param>
public sealed record GroupResult(string Run, int Votes)
{
    /// <summary>Reads the object of an event. A field that is missing or of another type is empty.</summary>
    public static GroupResult Read(JsonElement result) => new(result.Text("run") ?? "", (int)(result.Number("votes") ?? 0));
}
