namespace Swarms.Hub.Upstream;

/// <summary>One frame of an answer: the upstream's bytes and the room's event.</summary>
/// <param name="Raw">Null if the hub made the event itself: a JSON answer, an answer that broke off, an end that counts as done.</param>
/// <param name="Event">Null if the frame is only relayed to a door's caller and is no event of the room.</param>
internal readonly record struct UpstreamFrame(SseFrame? Raw, UpstreamEvent? Event);
