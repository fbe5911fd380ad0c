using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Writes the streamed answer of one run to one caller, in the loop of that caller's request: byte for byte, or without costs where the
/// caller may not see them at that moment. Next: <see cref="SseResponse"/>.
/// </summary>
internal sealed class CompletionsStream(SseResponse response, RunRelay relay, AudienceWatch audience)
{
    /// <summary>Returns when the run has ended and all its frames are written.</summary>
    public async Task WriteAsync(CancellationToken accessLost, CancellationToken cancellationToken)
    {
        if (!response.HasBegun)
            response.Begin();

        await response.FlushAsync(cancellationToken);
        while (await WaitAsync(relay.WaitAsync(cancellationToken).AsTask(), cancellationToken))
        {
            while (relay.TryRead(out var frame))
            {
                await WaitAsync(CommittedAsync(frame), cancellationToken);
                // Nothing that was committed after the removal is shown.
                accessLost.ThrowIfCancellationRequested();
                // The frame is committed, so a change of the audience before it is published.
                var data = audience.Current == Audience.WithCosts ? frame.Data : MoneyFilter.FilterUpstream(frame.Data);
                response.WriteEvent(frame.Name, data);
                await response.FlushAsync(cancellationToken);
            }
        }
    }

    private static async Task<bool> CommittedAsync(RelayFrame frame)
    {
        await frame.Committed;
        return true;
    }

    // A failing disk is as silent as a thinking upstream, so both waits send keep-alives.
    private Task<bool> WaitAsync(Task<bool> next, CancellationToken cancellationToken) =>
        response.WaitAsync(next, RunOpenings.KeepAliveInterval, sse => sse.WriteComment("keep-alive"), cancellationToken);
}
