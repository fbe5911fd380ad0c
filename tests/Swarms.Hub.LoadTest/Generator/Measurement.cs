namespace Swarms.Hub.LoadTest.Generator;

/// <summary>What the viewers saw in one window of time. Written by the generator's one socket thread.</summary>
internal sealed class Measurement
{
    /// <summary>From the moment a chunk was due at the upstream to the moment a viewer had read it.</summary>
    public LatencyHistogram Latency { get; } = new();

    public long Events { get; set; }

    public long Messages { get; set; }

    public long Bytes { get; set; }
}
