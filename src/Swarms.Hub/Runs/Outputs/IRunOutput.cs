using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Takes one run's events, from its turn to its ending, to those who may see them. Used by the run's own loop, one call at a time.
/// </summary>
internal interface IRunOutput
{
    /// <summary>Tells the room the run's new place in the queue, unless it has that place.</summary>
    Task MoveAsync(int position);

    /// <summary>Tells the room that the upstream takes no call at the moment. Another start follows, or the ending.</summary>
    Task WaitAsync(RunWaitingPayload waiting);

    /// <summary>Tells the room that the upstream is being called, with this history. Comes again after a wait.</summary>
    Task StartAsync(RunHistory? history);

    /// <summary>Tells a caller at the door how the upstream's answer begins.</summary>
    void Begin(UpstreamResponse response);

    /// <summary>Tells a caller at the door that the upstream refused the request.</summary>
    void Refuse(UpstreamException refusal);

    /// <summary>Passes a frame of the upstream that is no event to a caller at the door.</summary>
    void Relay(SseFrame raw);

    /// <summary>
    /// Takes an event of the upstream, and waits while too much waits for the disk. Its frame, if there is one, is for a caller at the
    /// door.
    /// </summary>
    Task AppendAsync(UpstreamEvent upstreamEvent, SseFrame? raw);

    /// <summary>Writes the run's ending. Returns when it is durable and visible; then nothing else follows.</summary>
    /// <param name="ending">The ending.</param>
    /// <param name="raw">The upstream's last frame; null if the hub ended the run.</param>
    /// <param name="hasSpent">Whether the upstream may have begun to work for it.</param>
    /// <param name="changes">More changes of the ending's commit.</param>
    Task EndAsync(RunEnding ending, SseFrame? raw, bool hasSpent, params IReadOnlyList<RoomChange> changes);
}
