using System.Diagnostics;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// Names the hub's own span in the headers of a request, and nothing else: baggage is the caller's. The client for HTTP makes an activity
/// of its own around each request, which nobody collects, so its parent is named. Safe from any thread.
/// </summary>
internal sealed class SpanPropagator : DistributedContextPropagator
{
    private const string ClientActivity = "System.Net.Http.HttpRequestOut";

    public override IReadOnlyCollection<string> Fields { get; } = ["traceparent", "tracestate"];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        var span = activity is { OperationName: ClientActivity, Parent: { } parent } ? parent : activity;
        if (span is not { IdFormat: ActivityIdFormat.W3C } || setter is null)
            return;

        setter(carrier, "traceparent", span.Id!);
        if (!string.IsNullOrEmpty(span.TraceStateString))
            setter(carrier, "tracestate", span.TraceStateString);
    }

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) => traceId = traceState = null;

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
