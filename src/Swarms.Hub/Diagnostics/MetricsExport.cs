using System.Diagnostics.Metrics;
using Prometheus;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// What <c>/metrics</c> shows: the instruments of this hub and of the few of the framework's meters that tell an operator
/// something. It listens from the start, so that nothing is missed before the first scrape. The library's own defaults would
/// publish every meter and event counter of the process, hundreds of them.
/// </summary>
internal sealed class MetricsExport(IMeterFactory meters) : IHostedService, IDisposable
{
    private static readonly HashSet<string> Published =
    [
        HubMetrics.MeterName,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
        "System.Runtime",
    ];

    private IDisposable? _listening;

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = Registry,
            // Without it the library writes into its own default registry, whatever the line above says.
            MetricFactory = Prometheus.Metrics.WithCustomRegistry(Registry),
            InstrumentFilterPredicate = IsPublished,
            ResolveHistogramBuckets = Buckets,
            // The most that the library takes. What falls back to nought then must be a counter, and no gauge that adds up differences.
            MetricsExpireAfter = TimeSpan.FromDays(1),
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listening?.Dispose();

    // Another hub in this process, as in tests, has a factory of its own.
    private bool IsPublished(Instrument instrument) =>
        Published.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters));

    private static double[] Buckets(Instrument instrument) =>
        (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { } boundaries
            ? [.. boundaries]
            : MeterAdapterOptions.DefaultHistogramBuckets;
}
