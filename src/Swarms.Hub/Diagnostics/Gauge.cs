using System.Diagnostics.Metrics;

namespace Swarms.Hub.Diagnostics;

/// <summary>One observed figure.</summary>
/// <param name="name">The instrument's name.</param>
/// <param name="unit">Its unit.</param>
/// <param name="description">Its description.</param>
/// <param name="read">Reads the figure. Called from any thread.</param>
internal sealed class Gauge(string name, string unit, string description, Func<long> read) : IGauges
{
    public void Create(Meter meter) => meter.CreateObservableUpDownCounter(name, read, unit, description);
}
