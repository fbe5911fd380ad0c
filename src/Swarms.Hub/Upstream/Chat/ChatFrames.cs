using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// Translates a model's updates into the room's events, each with its frame in the Swarms API's form for a caller at that door. Usage comes
/// once, at the end, whatever the upstream does. Used by the loop of one run, in order. Next: <see cref="UpstreamEvents"/>.
/// </summary>
/// <param name="secrets">The secrets of the call.</param>
/// <param name="watch">The watch of the answer's lines.</param>
/// <param name="agent">The agent's name; null if the request names none.</param>
/// <param name="hasIds">Whether the upstream gives its answers and its calls ids of their own.</param>
internal sealed class ChatFrames(UpstreamSecrets secrets, FrameWatch watch, string? agent, bool hasIds)
{
    private readonly UpstreamEvents _events = new(secrets);
    private readonly SecretFilter _text = secrets.Filter();
    private readonly SecretFilter _reasoning = secrets.Filter();
    private List<UpstreamFrame> _made = [];
    private string? _jobId;
    private bool _hasMetadata;
    private Usage? _usage;

    /// <summary>Returns the frames of an update.</summary>
    public IReadOnlyList<UpstreamFrame> Translate(ChatResponseUpdate update)
    {
        AddMetadata(hasIds ? update.ResponseId : null);
        if (watch.TakeReasoning() is { } hidden)
            AddReasoning(_reasoning.Add(hidden));

        foreach (var content in update.Contents)
            Add(content);

        return Take();
    }

    /// <summary>Returns the last frames: what was held back, the figures, and the ending.</summary>
    /// <param name="fault">The fault that ended the stream; null if it ended by itself.</param>
    /// <param name="isOfConnection">Whether the fault is the connection's, and not one of what came over it.</param>
    public IReadOnlyList<UpstreamFrame> End(UpstreamException? fault, bool isOfConnection)
    {
        if (watch.TakeReasoning() is { } hidden)
            AddReasoning(_reasoning.Add(hidden));

        Release();
        if (!watch.IsComplete)
            fault ??= UpstreamFaults.Truncated();
        // An answer that was complete before its connection broke lacks nothing.
        else if (isOfConnection && watch.Error is null)
            fault = null;

        var reason = FinishReasons.Of(watch.FinishReason) is { } word ? secrets.Redact(word) : null;
        if (reason is not null)
            _made.Add(new(null, _events.Metadata(_jobId, agent, reason)));

        if (watch.Usage is { } watched)
            _usage = Figures.Larger(_usage, watched);

        if (_usage is { } stated)
            AddUsage(Figures.WithTotal(stated));

        _made.Add(fault is null
            ? new(Frame(EventTypes.Done, Done(reason)), UpstreamEvents.Done)
            : new(null, _events.Error(fault.Code, fault.Message)));
        return Take();
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent { Text: { Length: > 0 } reasoning }:
                AddReasoning(_reasoning.Add(reasoning));
                break;
            case TextContent { Text: { Length: > 0 } text }:
                AddText(text);
                break;
            // The model's refusal is its answer.
            case ErrorContent { Message: { Length: > 0 } refusal }:
                AddText(refusal);
                break;
            // A client may tell a call that was cut off as if it were whole.
            case FunctionCallContent call when watch is not OpenAiWatch || watch.IsComplete:
                AddCall(call);
                break;
            // A client tells zeros where its upstream told nothing.
            case UsageContent { Details: { InputTokenCount: > 0 } or { OutputTokenCount: > 0 } } usage:
                _usage = Figures.Larger(_usage, Figures.Of(usage.Details));
                break;
        }
    }

    private void AddMetadata(string? jobId)
    {
        _jobId ??= string.IsNullOrEmpty(jobId) ? null : jobId;
        if (_hasMetadata)
            return;

        _hasMetadata = true;
        var frame = Frame(EventTypes.Metadata, new { job_id = _jobId is null ? null : secrets.Redact(_jobId), name = agent });
        _made.Add(new(frame, _events.Metadata(_jobId, agent)));
    }

    private void AddText(string text)
    {
        AddReasoning(_reasoning.Finish());
        AddChunk(_text.Add(text));
    }

    private void AddChunk(string text)
    {
        if (text.Length > 0)
            AddOwn(_events.Chunk(text, null));
    }

    private void AddReasoning(string text)
    {
        if (text.Length > 0)
            AddOwn(UpstreamEvents.Reasoning(text));
    }

    private void AddCall(FunctionCallContent call)
    {
        Release();
        // A model that fails at JSON has written arguments all the same.
        var arguments = call.Exception is not null ? watch.FindArguments(call.CallId) ?? "" : Write(call.Arguments);
        AddOwn(_events.ToolCall(hasIds ? call.CallId : null, call.Name, arguments));
    }

    private static string Write(IDictionary<string, object?>? arguments) =>
        JsonSerializer.Serialize(arguments ?? new Dictionary<string, object?>(), ProtocolJson.Options);

    private void AddUsage(Usage usage)
    {
        var figures = new
        {
            input_tokens = usage.InputTokens,
            output_tokens = usage.OutputTokens,
            total_tokens = usage.TotalTokens,
            total_cost = usage.Cost,
        };
        _made.Add(new(Frame(EventTypes.Usage, figures), UpstreamEvents.Usage(usage)));
    }

    private void Release()
    {
        AddReasoning(_reasoning.Finish());
        AddChunk(_text.Finish());
    }

    // The event's data is in the API's form already.
    private void AddOwn(UpstreamEvent made) =>
        _made.Add(new(new SseFrame(made.Type, Encoding.UTF8.GetString(made.Data.Span)), made));

    private static object Done(string? reason) =>
        reason is null ? new { status = "finished" } : new { status = "finished", finish_reason = reason };

    private static SseFrame Frame(string name, object data) => new(name, JsonSerializer.Serialize(data, ProtocolJson.Options));

    private List<UpstreamFrame> Take()
    {
        var taken = _made;
        _made = [];
        return taken;
    }
}
