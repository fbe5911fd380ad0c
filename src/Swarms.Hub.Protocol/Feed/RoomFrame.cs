using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// What a viewer of a room receives. The first frame of a stream is a snapshot (replace what you have) or resumed
/// (keep it and append); then come events frames, each event once, in order, without a gap.
/// </summary>
/// <example>
/// A viewer holds 1..40, loses its connection and calls <c>WatchRoom</c> with the cursor of 40. It gets
/// <c>resumed</c> and then 41, 42, …; or <c>snapshot</c>, which already contains everything up to its cursor: text
/// held from before must be dropped, not appended to.
/// </example>
public sealed record RoomFrame
{
    /// <summary>One of <see cref="FrameKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>How far the viewer has read after this frame. Opaque; give it back to resume.</summary>
    public required string Cursor { get; init; }

    /// <summary>
    /// In a resumed frame: the room's last committed sequence at that moment. Who has that event has what it missed. Left out by
    /// older hubs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Head { get; init; }

    /// <summary>Why a snapshot was sent: one of <see cref="SnapshotReasons"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>In a snapshot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Room? Room { get; init; }

    /// <summary>In a snapshot: in order of joining.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Member>? Members { get; init; }

    /// <summary>In a snapshot: in order of <c>run.queued</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Run>? Runs { get; init; }

    /// <summary>In a snapshot: the last <see cref="RoomState.MaxMessages"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Message>? Messages { get; init; }

    /// <summary>In an events frame: at least one, in sequence order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RoomEvent>? Events { get; init; }

    /// <summary>In a storage frame: false while the disk fails and nothing new can be shown, true when it works again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsAvailable { get; init; }
}
