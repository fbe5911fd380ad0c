using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The request that starts a run.</summary>
public sealed record StartRunRequest
{
    /// <summary>The body of the Swarms API's own call, in its own snake_case names; unknown fields pass through.</summary>
    public required JsonElement Request { get; init; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    public string Kind { get; init; } = RunKinds.Agent;

    /// <summary>Starting twice with one key and the same request starts one run. 1 to 200 characters.</summary>
    public string? IdempotencyKey { get; init; }
}
