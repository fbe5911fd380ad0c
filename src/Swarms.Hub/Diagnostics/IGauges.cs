using System.Diagnostics.Metrics;

namespace Swarms.Hub.Diagnostics;

/// <summary>The observed figures of one part of the hub. They are asked at each scrape and export, from any thread.</summary>
internal interface IGauges
{
    /// <summary>Creates the instruments. Called once, before the hub listens.</summary>
    void Create(Meter meter);
}
