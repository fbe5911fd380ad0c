using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// Reads one answer's server-sent events. Enumerated once, by the loop of one run; it reads from the network only when that loop asks,
/// so a full log slows the upstream down. Frames keep the upstream's order and come at most once. The last one is always <c>done</c>
/// or <c>error</c>, whatever happens to the connection. Throws for the caller's own token only.
/// Next: <see cref="SseLineStream"/>.
/// </summary>
internal sealed class UpstreamEventReader(Stream body, UpstreamSecrets secrets, int maxFrameBytes)
{
    private readonly FrameTranslator _translator = new(secrets);

    public async IAsyncEnumerable<UpstreamFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var lines = new SseLineStream(body, maxFrameBytes);
        var parser = SseParser.Create(lines, Translate);
        await using var frames = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            UpstreamFrame frame;
            try
            {
                frame = await frames.MoveNextAsync() ? frames.Current.Data : Ending(UpstreamFaults.Truncated());
            }
            catch (Exception exception) when (UpstreamFaults.IsOne(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
                frame = Ending(UpstreamFaults.WithinAnswer(exception));
            }

            foreach (var late in _translator.TakeReleased())
                yield return late;

            yield return frame;
            if (frame.Event is { } made && EventTypes.IsEnding(made.Type))
                yield break;
        }
    }

    private UpstreamFrame Translate(string eventType, ReadOnlySpan<byte> data) =>
        _translator.Translate(eventType is "" or SseParser.EventTypeDefault ? null : eventType, data);

    /// <summary>Returns the ending of a stream that stopped by itself; once the answer was complete, stopping is no fault.</summary>
    private UpstreamFrame Ending(UpstreamException fault)
    {
        _translator.ReleaseTexts();
        return new(Raw: null, _translator.IsComplete ? UpstreamEvents.Done : new UpstreamEvents(secrets).Error(fault.Code, fault.Message));
    }
}
