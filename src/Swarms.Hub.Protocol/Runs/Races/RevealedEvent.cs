using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>An event of the upstream that a blind group has hidden.</summary>
/// <param name="At">The time at which the hub got it, in UTC with milliseconds.</param>
/// <param name="Type">Its type, as in a <see cref="RoomEvent"/>.</param>
/// <param name="Data">Its data.</param>
public sealed record RevealedEvent(DateTimeOffset At, string Type, JsonElement Data);
