namespace Swarms.Hub.Upstream;

/// <summary>One frame of an answer: what the upstream sent and what it means to a room.</summary>
/// <param name="Raw">Null where the hub made the event itself: a JSON answer, an answer that broke off, an end that counts as done.</param>
/// <param name="Event">Null where the frame is relayed to a door's caller but is no event of the room.</param>
internal readonly record struct UpstreamFrame(SseFrame? Raw, UpstreamEvent? Event);
