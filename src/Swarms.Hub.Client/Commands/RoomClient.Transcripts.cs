using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>The room's transcript, or one run's, as a text.</summary>
    /// <param name="format">One of <see cref="TranscriptFormats"/>.</param>
    /// <param name="runId">The run; the whole room if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<string> GetTranscriptAsync(
        string format = TranscriptFormats.Markdown, string? runId = null, CancellationToken cancellationToken = default)
    {
        var run = runId is null ? "" : $"/runs/{Escape(runId)}";
        return _endpoint.GetTextAsync($"{run}/transcript?format={Escape(format)}", cancellationToken);
    }
}
