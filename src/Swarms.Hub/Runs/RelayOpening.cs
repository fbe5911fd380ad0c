using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>The first answer to a door's caller.</summary>
internal abstract record RelayOpening
{
    /// <summary>The upstream answered: with a stream, or with JSON.</summary>
    internal sealed record Answered(
        int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Json, string? ContentType) : RelayOpening;

    /// <summary>The run's text is held back: the caller gets what the room is given.</summary>
    internal sealed record Held : RelayOpening;

    /// <summary>The upstream refused, or could not be reached.</summary>
    internal sealed record Refused(UpstreamException Refusal) : RelayOpening;

    /// <summary>The run was stopped before the upstream answered.</summary>
    internal sealed record Stopped(PendingEvent Ending) : RelayOpening
    {
        /// <summary>The reason in the ending; null without one.</summary>
        public string? Reason => RunReasonPayload.Read(Ending.ToRoomEvent(0).Data).Reason;
    }
}
