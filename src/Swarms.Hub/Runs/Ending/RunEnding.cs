using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>The ending of a run, before its event.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="By">The member who caused it; null for the upstream and the hub.</param>
internal sealed record RunEnding(string Type, string? By = null)
{
    /// <summary>The error; null for every other type.</summary>
    public RunError? Error { get; init; }

    /// <summary>The reason of a stop; null for <c>done</c> and <c>error</c>, or if a host gave none.</summary>
    public string? Reason { get; init; }

    /// <summary>The upstream finished.</summary>
    public static RunEnding Done { get; } = new(EventTypes.Done);

    public static RunEnding Failed(string code, string message) =>
        new(EventTypes.Error) { Error = new RunError(code, message) };

    /// <summary>Reads the upstream's last event: <c>done</c> or <c>error</c>.</summary>
    public static RunEnding Of(UpstreamEvent ending) => ending.Type == EventTypes.Done
        ? Done
        : new RunEnding(ending.Type) { Error = RunError.Read(JsonElement.Parse(ending.Data.Span)) };

    public static RunEnding Of(RunStop stop) => new(stop.Ending, stop.By) { Reason = stop.Reason };
}
