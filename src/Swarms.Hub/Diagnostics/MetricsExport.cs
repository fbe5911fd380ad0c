using System.Diagnostics.Metrics;
using Prometheus;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// Publishes at <c>/metrics</c> the instruments of this hub and of the framework's meters that are useful to an operator. Listens from
/// the start, so that nothing is missed before the first scrape. The library's defaults would publish hundreds of meters and counters.
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
            // Without this setting the library writes into its own default registry and ignores the line above.
            MetricFactory = Prometheus.Metrics.WithCustomRegistry(Registry),
            InstrumentFilterPredicate = IsPublished,
            ResolveHistogramBuckets = Buckets,
            // The longest time that the library takes. Idle series expire after it, so gauges are observed, never summed from deltas.
            MetricsExpireAfter = TimeSpan.FromDays(1),
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listening?.Dispose();

    // In tests one process runs several hubs, each with its own factory.
    private bool IsPublished(Instrument instrument) =>
        Published.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters));

    private static double[] Buckets(Instrument instrument) =>
        (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { } boundaries
            ? [.. boundaries]
            : MeterAdapterOptions.DefaultHistogramBuckets;
}
