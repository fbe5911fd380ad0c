using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Measures the calls to one upstream, and makes a span for each. Of a blind run it tells nothing by which runs could be told apart:
/// neither its model nor its usage, and no span. Called as <see cref="IUpstream"/> is. Next: the upstream itself.
/// </summary>
internal sealed class MeasuredUpstream(IUpstream upstream, string kind, UpstreamMetrics metrics, TimeProvider time) : IUpstream
{
    private readonly string _kind = kind;
    private readonly UpstreamMetrics _metrics = metrics;
    private readonly TimeProvider _time = time;

    public UpstreamDescription Description => upstream.Description;

    public string? Refuse(string runKind, ReadOnlyMemory<byte> body) => upstream.Refuse(runKind, body);

    public RateLimit? FindLimit(string runKind, ReadOnlyMemory<byte> body) => upstream.FindLimit(runKind, body);

    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        if (request.IsLookup)
            return await upstream.SendAsync(request, cancellationToken);

        var call = new Call(this, request);
        try
        {
            // The request's headers name the current span.
            if (call.Span is not null)
                Activity.Current = call.Span;

            var response = await upstream.SendAsync(request, cancellationToken);
            return response.Watch((frames, token) => call.ReadAsync(frames, token), call.Abandon);
        }
        catch (Exception e)
        {
            call.End(ErrorOf(e));
            throw;
        }
    }

    private static string ErrorOf(Exception exception) => exception switch
    {
        UpstreamException refused => refused.Code,
        OperationCanceledException => "cancelled",
        _ => ErrorCodes.Internal,
    };

    /// <summary>One call, from its request to the end of its answer. Used by the run's loop.</summary>
    private sealed class Call
    {
        private readonly MeasuredUpstream _owner;
        private readonly TagList _labels;
        private readonly long _started;
        private readonly bool _isBlind;
        private Usage? _usage;
        private bool _hasChunk;
        private bool _hasEnded;

        public Call(MeasuredUpstream owner, UpstreamRequest request)
        {
            _owner = owner;
            _isBlind = request.IsBlind;
            _started = owner._time.GetTimestamp();
            if (_isBlind)
            {
                _labels = owner._metrics.Label("blind", "chat", model: null);
                return;
            }

            var operation = request.Kind == RunKinds.Swarm ? "invoke_workflow" : "chat";
            var model = FindModel(request);
            _labels = owner._metrics.Label(owner._kind, operation, model);
            Span = Begin(model is null ? operation : $"{operation} {model}");
        }

        public Activity? Span { get; }

        public async IAsyncEnumerable<UpstreamFrame> ReadAsync(
            IAsyncEnumerable<UpstreamFrame> frames, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var frame in frames.WithCancellation(cancellationToken))
            {
                if (frame.Event is { } read)
                    Read(read);

                yield return frame;
            }
        }

        /// <summary>The answer is not read any more.</summary>
        public void Abandon() => End("cancelled");

        public void End(string? error)
        {
            if (_hasEnded)
                return;

            _hasEnded = true;
            _owner._metrics.Ended(Elapsed, _labels, error);
            if (_usage is not null && !_isBlind)
                Use(_usage);

            if (error is not null)
                Span?.Fail(error);

            Span?.End();
        }

        private TimeSpan Elapsed => _owner._time.GetElapsedTime(_started);

        // The agents of a swarm may have several models.
        private static string? FindModel(UpstreamRequest request) =>
            request.Path is null && RequestModel.Read(request.Kind, request.Body.Span) is [var only] ? only.Name : null;

        private Activity? Begin(string name)
        {
            var span = HubActivities.Begin(name, Activity.Current?.Context ?? default, ActivityKind.Client);
            foreach (var (label, value) in _labels)
                span?.SetTag(label, value);

            span?.SetTag("server.address", _owner.Description.Host);
            return span;
        }

        private void Read(UpstreamEvent read)
        {
            if (read.Type == EventTypes.Chunk && !_hasChunk)
            {
                _hasChunk = true;
                _owner._metrics.FirstChunk(Elapsed, _labels);
            }
            else if (read.Type == EventTypes.Usage)
                _usage = Usage.Read(JsonElement.Parse(read.Data.Span));
            else if (EventTypes.IsEnding(read.Type))
                End(read.Type == EventTypes.Error ? ErrorOf(read) : null);
        }

        private static string ErrorOf(UpstreamEvent read) =>
            RunError.Read(JsonElement.Parse(read.Data.Span)).Code;

        private void Use(Usage usage)
        {
            _owner._metrics.Used(usage, _labels);
            Span?.SetTag("gen_ai.usage.input_tokens", usage.InputTokens);
            Span?.SetTag("gen_ai.usage.output_tokens", usage.OutputTokens);
        }
    }
}
