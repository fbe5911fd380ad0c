using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>A call whose run is found: its own, or the one that the same call started before.</summary>
internal sealed class ChatCall(string runId, ChatRequest chat, RunRelay relay) : IDisposable
{
    public string RunId { get; } = runId;

    /// <summary>The model as the caller names it.</summary>
    public string Model { get; } = chat.Model;

    /// <summary>Whether the answer is a stream.</summary>
    public bool IsStreamed { get; } = chat.IsStreamed;

    /// <summary>Whether the stream ends with the usage.</summary>
    public bool IncludesUsage { get; } = chat.IncludesUsage;

    /// <summary>The run as it was started; null where the call joins one.</summary>
    public Run? Started { get; init; }

    /// <summary>The upstream's first answer to the run that this call started.</summary>
    public RunRelay Relay { get; } = relay;

    /// <summary>The memory of the call, for the next one that repeats it; null where an idempotency key found the run.</summary>
    public RepeatedCalls.Call? Remembered { get; init; }

    /// <summary>A sequence before the run's first event; null if it is not known.</summary>
    public long? From { get; init; }

    public void Dispose() => Remembered?.Dispose();
}
