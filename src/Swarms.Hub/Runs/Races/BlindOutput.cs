using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Lets only the text of a blind group's run through, and keeps everything else that its upstream tells until a host reveals
/// the group. Nothing that tells agents apart is in the log, so no reader can show it. Used by one loop. Next: <see cref="RoomOutput"/>.
/// </summary>
internal sealed class BlindOutput(ActiveRun run, IRunOutput next, TimeProvider time) : IRunOutput, IDisposable
{
    private readonly List<RevealedEvent> _events = [];
    private int _bytes;
    private int _omitted;
    private string? _jobId;
    private Usage? _usage;

    public Task MoveAsync(int position) => next.MoveAsync(position);

    // The room sees all the same that one waits. Nothing tells which agent that is.
    public Task WaitAsync(RunWaitingPayload waiting) => next.WaitAsync(waiting);

    public Task StartAsync(RunHistory? history) => next.StartAsync(history);

    // No caller at a door waits for a run of a group.
    public void Begin(UpstreamResponse response)
    {
    }

    public void Refuse(UpstreamException refusal)
    {
    }

    public void Relay(SseFrame raw)
    {
    }

    public Task AppendAsync(UpstreamEvent upstreamEvent, SseFrame? raw)
    {
        switch (upstreamEvent)
        {
            case { Type: EventTypes.Chunk, Text: { } text }:
                var content = JsonSerializer.SerializeToUtf8Bytes(new ChunkPayload(text, null), ProtocolJson.Options);
                return next.AppendAsync(new UpstreamEvent(EventTypes.Chunk, content, text), raw: null);
            case { Type: EventTypes.Metadata }:
                var metadata = MetadataPayload.Read(JsonElement.Parse(upstreamEvent.Data.Span));
                _jobId = metadata.JobId ?? _jobId;
                if (metadata.FinishReason is not null)
                    Keep(upstreamEvent);

                break;
            case { Type: EventTypes.Usage }:
                _usage = Usage.Read(JsonElement.Parse(upstreamEvent.Data.Span));
                break;
            default:
                Keep(upstreamEvent);
                break;
        }

        return Task.CompletedTask;
    }

    public Task EndAsync(RunEnding ending, SseFrame? raw, bool hasSpent, params IReadOnlyList<RoomChange> changes)
    {
        var known = HiddenRun.Of(run);
        var hidden = known with
        {
            HasSpent = hasSpent,
            Revealed = known.Revealed with
            {
                JobId = _jobId,
                Usage = _usage,
                Error = ending.Error,
                Events = _events.Count > 0 ? _events : null,
                OmittedEvents = _omitted > 0 ? _omitted : null,
            },
        };
        var shown = ending.Error is { Code: var code } ? ending with { Error = new RunError(code, Sentence(code)) } : ending;
        return next.EndAsync(shown, raw: null, hasSpent, [new RaceChange.Hide(run.Race!.Id, hidden), .. changes]);
    }

    public void Dispose() => (next as IDisposable)?.Dispose();

    private static string Sentence(string code) => $"The run failed ({code}). The rest is hidden until a host reveals the group.";

    private void Keep(UpstreamEvent upstreamEvent)
    {
        if (_omitted > 0 || _bytes + upstreamEvent.Data.Length > RevealedRun.MaxEventsBytes)
        {
            _omitted++;
            return;
        }

        _bytes += upstreamEvent.Data.Length;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        _events.Add(new RevealedEvent(at, upstreamEvent.Type, JsonElement.Parse(upstreamEvent.Data.Span)));
    }
}
