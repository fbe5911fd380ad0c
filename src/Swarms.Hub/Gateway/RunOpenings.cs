using System.Globalization;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Gateway;

/// <summary>Waits for a run's opening in the loop of a streamed call, with signs of life for its caller.</summary>
internal static class RunOpenings
{
    // Proxies and clients give up after a minute of silence or later.
    internal static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Waits for the run's opening. A caller whose run is proposed or queued, or whose upstream is silent, gets the headers and comments
    /// meanwhile: clients give up where none come.
    /// </summary>
    public static async Task<RelayOpening> WaitAsync(
        SseResponse response, RunRelay relay, Run run, CancellationToken cancellationToken)
    {
        var opening = relay.Opening.WaitAsync(cancellationToken);
        var isProposed = run.State == RunStates.Proposed;
        if (isProposed || run.Position > 0)
        {
            response.Begin();
            response.WriteComment(isProposed ? run.State : string.Create(CultureInfo.InvariantCulture, $"queued {run.Position}"));
            await response.FlushAsync(cancellationToken);
        }

        return await response.WaitAsync(
            opening,
            KeepAliveInterval,
            sse =>
            {
                if (!sse.HasBegun)
                    sse.Begin();

                sse.WriteComment("keep-alive");
            },
            cancellationToken);
    }
}
