using System.Text.Json;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>The request field <c>simulation</c>, which sets pace, length and faults of one run. PROTOCOL.md lists its members.</summary>
internal sealed record SimulationSettings
{
    /// <summary>Null: a natural pace. 0: no pause.</summary>
    public double? ChunksPerSecond { get; private init; }

    /// <summary>Null: one for each word of the text.</summary>
    public int? Chunks { get; private init; }

    /// <summary>Null: words.</summary>
    public int? ChunkBytes { get; private init; }

    /// <summary>The text to send. Null: sentences that say that they are simulated.</summary>
    public string? Text { get; private init; }

    public int Seed { get; private init; }

    public TimeSpan? FirstChunkAfter { get; private init; }

    public SimulationFault Fault { get; private init; }

    /// <summary>Null: half of the chunks.</summary>
    public int? FaultAfterChunks { get; private init; }

    public int Status { get; private init; } = 503;

    public string Detail { get; private init; } = "The simulator was asked to refuse this request.";

    public int? RetryAfter { get; private init; }

    /// <summary>Returns null if a member is invalid; <paramref name="problem"/> then names it and states the valid values.</summary>
    public static SimulationSettings? TryRead(JsonElement? field, out string? problem)
    {
        problem = null;
        var settings = new SimulationSettings();
        if (field is null or { ValueKind: JsonValueKind.Null })
            return settings;

        if (field is not { ValueKind: JsonValueKind.Object } members)
        {
            problem = "simulation must be an object.";
            return null;
        }

        foreach (var member in members.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            (var next, var expected) = settings.With(member.Name, member.Value);
            if (next is null)
            {
                problem = $"simulation.{UpstreamErrorText.Tidy(member.Name)} {expected}.";
                return null;
            }

            settings = next;
        }

        return settings;
    }

    private (SimulationSettings? Settings, string Expected) With(string name, JsonElement value) => name switch
    {
        "chunksPerSecond" => (
            Pace(value) is { } pace ? this with { ChunksPerSecond = pace } : null,
            "must be 0 (no pause) or a number from 0.001 to 1000000"),
        "chunks" => (
            Integer(value, 0, 10_000_000) is { } chunks ? this with { Chunks = chunks } : null,
            "must be an integer from 0 to 10000000"),
        "chunkBytes" => (
            Integer(value, 1, 1 << 24) is { } bytes ? this with { ChunkBytes = bytes } : null,
            "must be an integer from 1 to 16777216"),
        "text" => (
            value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? this with { Text = text } : null,
            "must be a string that is not empty"),
        "seed" => (
            Integer(value, int.MinValue, int.MaxValue) is { } seed ? this with { Seed = seed } : null,
            "must be an integer of 32 bits"),
        "firstChunkAfterMs" => (
            Integer(value, 0, 3_600_000) is { } wait ? this with { FirstChunkAfter = TimeSpan.FromMilliseconds(wait) } : null,
            "must be an integer from 0 to 3600000"),
        "fault" => (
            FaultNamed(value) is { } fault ? this with { Fault = fault } : null,
            "must be refuse, error, cut, silence or garbage"),
        "faultAfterChunks" => (
            Integer(value, 0, 10_000_000) is { } after ? this with { FaultAfterChunks = after } : null,
            "must be an integer from 0 to 10000000"),
        "status" => (
            Integer(value, 400, 599) is { } status ? this with { Status = status } : null,
            "must be an integer from 400 to 599"),
        "detail" => (
            value.ValueKind == JsonValueKind.String ? this with { Detail = value.GetString()! } : null,
            "must be a string"),
        "retryAfter" => (
            Integer(value, 0, 86_400) is { } seconds ? this with { RetryAfter = seconds } : null,
            "must be an integer from 0 to 86400, in seconds"),
        _ => (null, "is not known"),
    };

    private static double? Pace(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var pace) && pace is 0 or (>= 0.001 and <= 1_000_000)
            ? pace
            : null;

    private static int? Integer(JsonElement value, int min, int max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var integer) && integer >= min && integer <= max ? integer : null;

    private static SimulationFault? FaultNamed(JsonElement value) =>
        value.ValueKind != JsonValueKind.String ? null : value.GetString() switch
        {
            "refuse" => SimulationFault.Refuse,
            "error" => SimulationFault.Error,
            "cut" => SimulationFault.Cut,
            "silence" => SimulationFault.Silence,
            "garbage" => SimulationFault.Garbage,
            _ => null,
        };
}
