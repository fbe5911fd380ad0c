namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>hand.raised</c> and <c>hand.lowered</c>. It is empty: the event's <c>by</c> names the member.</summary>
public sealed record HandPayload;
