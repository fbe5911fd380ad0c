namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The figures of all viewers in one window of time. Written by the generator's one socket thread.</summary>
internal sealed class Measurement
{
    /// <summary>The time from the moment when a chunk was due at the upstream to the moment when a viewer had read it.</summary>
    public LatencyHistogram Latency { get; } = new();

    public long Events { get; set; }

    public long Messages { get; set; }

    public long Bytes { get; set; }
}
