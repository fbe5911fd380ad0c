namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>hand.raised</c> and <c>hand.lowered</c>: empty, because the event's <c>by</c> says whose hand.</summary>
public sealed record HandPayload;
