using Swarms.Hub.Errors;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>One entry of a batch: its run, or the refusal of its start.</summary>
internal sealed class BatchEntry(string? name) : IDisposable
{
    /// <summary>The name of its agent or swarm; null without one.</summary>
    public string? Name { get; } = name;

    /// <summary>The run; null if none was started.</summary>
    public string? RunId { get; init; }

    /// <summary>The upstream's own answer to the run that this call started.</summary>
    public RunRelay? Relay { get; init; }

    /// <summary>The memory of the entry, for a call that repeats the batch; null where an idempotency key found the run.</summary>
    public RepeatedCalls.Call? Remembered { get; init; }

    /// <summary>The refusal of its start; null if it has a run.</summary>
    public HubErrorException? Refusal { get; init; }

    public void Dispose()
    {
        Relay?.Leave();
        Remembered?.Dispose();
    }
}
