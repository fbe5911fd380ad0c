using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// A frame of a viewer's stream. The first one is a snapshot (replace what you have) or resumed (keep it and append). Then come events
/// frames with each event once, in order, without a gap.
/// </summary>
/// <example>
/// A viewer holds 1..40, loses its connection and calls <c>WatchRoom</c> with the cursor of 40. It gets <c>resumed</c> and then 41, 42, …
/// Or it gets <c>snapshot</c>, which holds everything up to its cursor: drop the text held from before.
/// </example>
public sealed record RoomFrame
{
    /// <summary>One of <see cref="FrameKinds"/>.</summary>
    [OneOf(typeof(FrameKinds))]
    public required string Kind { get; init; }

    /// <summary>The viewer's place after this frame. It is opaque; give it back to resume.</summary>
    public required string Cursor { get; init; }

    /// <summary>
    /// In a resumed frame: the room's last committed sequence at that moment. A viewer with this event has everything that it missed.
    /// Older hubs leave it out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Head { get; init; }

    /// <summary>In a snapshot: one of <see cref="SnapshotReasons"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OneOf(typeof(SnapshotReasons))]
    public string? Reason { get; init; }

    /// <summary>In a snapshot: the room.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Room? Room { get; init; }

    /// <summary>In a snapshot: the members in order of joining.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Member>? Members { get; init; }

    /// <summary>In a snapshot: those who left and whom its runs, messages or reactions name, by time of joining.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FormerMember>? FormerMembers { get; init; }

    /// <summary>In a snapshot: the runs in order of <c>run.queued</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Run>? Runs { get; init; }

    /// <summary>In a snapshot: the last <see cref="RoomState.MaxMessages"/> messages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Message>? Messages { get; init; }

    /// <summary>In a snapshot: the agents in order of creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RoomAgent>? Agents { get; init; }

    /// <summary>In a snapshot: the groups of its runs, in order of <c>group.started</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunGroup>? Groups { get; init; }

    /// <summary>In a snapshot: the room's spending; null before the first run that called the upstream has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomSpending? Spending { get; init; }

    /// <summary>In an events frame: at least one event, in sequence order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RoomEvent>? Events { get; init; }

    /// <summary>In a storage frame: false if the disk fails and nothing new can be shown, true once it works again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsAvailable { get; init; }
}
