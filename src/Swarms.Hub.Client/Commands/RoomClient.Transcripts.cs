using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>The room's transcript, or one run's, as a text.</summary>
    /// <param name="format">One of <see cref="TranscriptFormats"/>.</param>
    /// <param name="runId">The run; the whole room if left out.</param>
    /// <param name="zone">The zone of the times for people, by its IANA name, such as <c>Europe/Berlin</c>; UTC if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<string> GetTranscriptAsync(
        string format = TranscriptFormats.Markdown, string? runId = null, string? zone = null,
        CancellationToken cancellationToken = default) =>
        _endpoint.GetTextAsync(TranscriptPath(format, runId, zone), cancellationToken);

    /// <summary>
    /// Writes the room's transcript, or one run's, into a stream while it arrives, so that a room of any size takes little memory. A
    /// failure may leave a part of it in the stream.
    /// </summary>
    /// <param name="destination">The stream, which stays open.</param>
    /// <param name="format">One of <see cref="TranscriptFormats"/>.</param>
    /// <param name="runId">The run; the whole room if left out.</param>
    /// <param name="zone">The zone of the times for people, by its IANA name, such as <c>Europe/Berlin</c>; UTC if left out.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public Task CopyTranscriptToAsync(
        Stream destination, string format = TranscriptFormats.Markdown, string? runId = null, string? zone = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _endpoint.CopyToAsync(TranscriptPath(format, runId, zone), destination, cancellationToken);
    }

    private static string TranscriptPath(string format, string? runId, string? zone)
    {
        var run = runId is null ? "" : $"/runs/{Escape(runId)}";
        return $"{run}/transcript?format={Escape(format)}{(zone is null ? "" : $"&zone={Escape(zone)}")}";
    }
}
