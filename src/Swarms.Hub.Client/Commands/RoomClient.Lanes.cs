using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// Opens the lane of a run whose text is held, to watch it like a room: its only run shows all of the text. Hosts.
    /// </summary>
    /// <param name="lane">The id of the lane, from <see cref="Run.Hold"/>.</param>
    public RoomClient OpenLane(string lane)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lane);
        _endpoint.ThrowIfDisposed();
        return new RoomClient(_endpoint.ToLane(lane), null);
    }

    /// <summary>Masks a passage of a run's held text: the room will not get it. Hosts.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="start">The passage's first UTF-16 unit in the lane's text.</param>
    /// <param name="end">The unit behind its last one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task MaskRunAsync(string runId, int start, int end, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(
            HttpMethod.Post, $"/runs/{Escape(runId)}/mask", new MaskRunRequest(start, end), isRepeatable: true, cancellationToken);

    /// <summary>Releases a run's held text up to a place in the lane's text, or all that is held. Hosts.</summary>
    public Task ReleaseRunAsync(string runId, int? to = null, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(
            HttpMethod.Post, $"/runs/{Escape(runId)}/release", new ReleaseRunRequest(to), isRepeatable: true, cancellationToken);
}
