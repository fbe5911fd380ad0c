using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>
/// The figures of all calls to upstreams, by the semantic conventions for generative AI, and their cost. Safe from any thread.
/// </summary>
internal sealed class UpstreamMetrics
{
    // People write models' names. More of them than a hub uses must not fill the operator's database of figures.
    private const int MaxModels = 100;
    private const int MaxModelLength = 100;
    private const string OtherModel = "_OTHER";

    private readonly ConcurrentDictionary<string, bool> _models = [];
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstChunk;
    private readonly Histogram<long> _tokens;
    private readonly Counter<double> _cost;

    public UpstreamMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(HubMetrics.MeterName);
        // The boundaries are those of the conventions.
        _duration = meter.CreateHistogram<double>(
            "gen_ai.client.operation.duration",
            "s",
            "Duration of a call to an upstream, from the request to the end of the answer.",
            tags: null,
            new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });
        _firstChunk = meter.CreateHistogram<double>(
            "gen_ai.client.operation.time_to_first_chunk",
            "s",
            "Time from the request to the first chunk of the answer.",
            tags: null,
            new() { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] });
        _tokens = meter.CreateHistogram<long>(
            "gen_ai.client.token.usage",
            "{token}",
            "Tokens that an upstream stated for a call.",
            tags: null,
            new()
            {
                HistogramBucketBoundaries =
                    [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
            });
        _cost = meter.CreateCounter<double>(
            "swarms_hub.upstream.cost", unit: null, "Cost that upstreams stated for calls, in the currency that they state it in.");
    }

    public void FirstChunk(TimeSpan elapsed, in TagList call) => _firstChunk.Record(elapsed.TotalSeconds, call);

    /// <param name="elapsed">The duration.</param>
    /// <param name="call">The labels of the call.</param>
    /// <param name="error">The code of the call's error; null without one.</param>
    public void Ended(TimeSpan elapsed, in TagList call, string? error)
    {
        if (error is null)
        {
            _duration.Record(elapsed.TotalSeconds, call);
            return;
        }

        var failed = call;
        failed.Add("error.type", error);
        _duration.Record(elapsed.TotalSeconds, failed);
    }

    public void Used(Usage usage, in TagList call)
    {
        Use(usage.InputTokens, "input", call);
        Use(usage.OutputTokens, "output", call);
        if (usage.Cost is > 0 and { } cost)
            _cost.Add((double)cost, call);
    }

    /// <summary>Returns the labels of a call.</summary>
    /// <param name="kind">One of <see cref="UpstreamKinds"/>.</param>
    /// <param name="operation">The conventions' name of the operation.</param>
    /// <param name="model">The model; null where none is named, or nobody may know.</param>
    public TagList Label(string kind, string operation, string? model)
    {
        var call = new TagList { { "gen_ai.provider.name", kind }, { "gen_ai.operation.name", operation } };
        if (model is not null)
            call.Add("gen_ai.request.model", Known(model));

        return call;
    }

    private string Known(string model)
    {
        if (model.Length > MaxModelLength)
            return OtherModel;

        // Two that come at one moment may both enter, so there may be a few more.
        return _models.ContainsKey(model) || (_models.Count < MaxModels && _models.TryAdd(model, true)) ? model : OtherModel;
    }

    private void Use(long? tokens, string type, in TagList call)
    {
        if (tokens is not > 0)
            return;

        var typed = call;
        typed.Add("gen_ai.token.type", type);
        _tokens.Record(tokens.Value, typed);
    }
}
