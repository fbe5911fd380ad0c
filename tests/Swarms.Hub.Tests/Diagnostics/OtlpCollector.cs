using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Diagnostics;

/// <summary>A collector on a free loopback port that takes spans and metrics by OTLP over HTTP, and reads the spans.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    private OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(TakeAsync);
    }

    /// <summary>The settings of a hub that exports here, often.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _application.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
    ];

    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    /// <summary>True if any body so far has the text.</summary>
    public bool Has(string text) => _bodies.Any(body => body.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0);

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._application.StartAsync();
        return collector;
    }

    /// <summary>Waits for the span of a run. Hubs of one process share their source, so names alone find others' spans too.</summary>
    public Task<OtlpSpan> RunAsync(string run) =>
        FindAsync(span => span.Name == "run" && span.Attributes.GetValueOrDefault("swarms_hub.run.id") == run);

    /// <summary>Waits for a span of a trace.</summary>
    public Task<OtlpSpan> SpanAsync(string trace, string name) => FindAsync(span => span.TraceId == trace && span.Name == name);

    private async Task<OtlpSpan> FindAsync(Func<OtlpSpan, bool> isIt)
    {
        await Until.TrueAsync(() => _spans.Any(isIt));
        return _spans.First(isIt);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (context.Request.Path == "/v1/traces")
        {
            foreach (var span in OtlpSpan.ReadAll(body.ToArray()))
                _spans.Enqueue(span);
        }

        _bodies.Enqueue(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }
}
