using System.Diagnostics.Metrics;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// Creates the observed figures of all parts, on the meter of <see cref="HubMetrics"/>, and begins all counters with 0, before the hub
/// listens.
/// </summary>
internal sealed class GaugesStartup(HubMetrics metrics, IEnumerable<IGauges> gauges, IMeterFactory meters) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(HubMetrics.MeterName);
        foreach (var part in gauges)
            part.Create(meter);

        metrics.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
