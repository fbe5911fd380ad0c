using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>One agent or swarm execution at some cursor. Properties that do not apply are null and left out on the wire.</summary>
public sealed record Run
{
    /// <summary>An opaque, URL-safe id that sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="RunKinds"/>.</summary>
    [OneOf(typeof(RunKinds))]
    public required string Kind { get; init; }

    /// <summary>The agent, or the swarm, as the request names it.</summary>
    public required RunAgent Agent { get; init; }

    /// <summary>
    /// The task, cut at <see cref="MaxTaskLength"/> UTF-16 units; in a room's state, where the text was left out, at
    /// <see cref="RoomState.MaxShortTaskLength"/>. Empty where the <see cref="Message"/> is the task.
    /// </summary>
    public required string Task { get; init; }

    /// <summary>The task's whole length in UTF-16 units, if it was cut.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TaskLength { get; init; }

    /// <summary>The id of the member who started it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>
    /// The sequence of the message that it answers, where a mention started it. While <see cref="Task"/> is empty, show the message's
    /// present text in its place.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Message { get; init; }

    /// <summary>One of <see cref="RunStates"/>, or the type of its ending.</summary>
    [OneOf(
        typeof(RunStates), EventTypes.Done, EventTypes.Error, EventTypes.Cancelled, EventTypes.Declined, EventTypes.Interrupted)]
    public required string State { get; init; }

    /// <summary>
    /// While proposed: its place among the proposals, which stand in order of their ranks; those of one rank, in order of their first
    /// events.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Rank { get; init; }

    /// <summary>While proposed: the ids of the members who support it, in order of their support; left out while there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Supporters { get; init; }

    /// <summary>The task as it was asked for, where a host changed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunRequestView? Asked { get; init; }

    /// <summary>The id of the host who approved it, if it was a proposal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApprovedBy { get; init; }

    /// <summary>While queued: its place in the room's queue; 0 if it starts at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; init; }

    /// <summary>
    /// While queued, once the upstream took no call: the time before which it is not called again, in UTC with milliseconds. Null
    /// otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>The part of a budget that it holds, from <c>run.queued</c> on; null without a budget.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunReservation? Reserved { get; init; }

    /// <summary>Its place in its thread; null where it continues and supersedes none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunThread? Thread { get; init; }

    /// <summary>The history that the upstream got, once started; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunHistory? History { get; init; }

    /// <summary>Its place in its group; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupPlace? Group { get; init; }

    /// <summary>The hold of its text; null where the room gets it at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunHold? Hold { get; init; }

    /// <summary>The time of <c>run.proposed</c>, in UTC with milliseconds, if it was a proposal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ProposedAt { get; init; }

    /// <summary>The time of <c>run.queued</c>, in UTC with milliseconds; while proposed, that of <c>run.proposed</c>.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>The time of <c>run.started</c>, in UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time of its last chunk, in UTC with milliseconds; null while it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastChunkAt { get; init; }

    /// <summary>
    /// The time of its ending, in UTC with milliseconds. Of an interrupted run this is when the hub noticed; it wrote until
    /// <see cref="LastChunkAt"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The upstream's own id of the job.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    /// <summary>
    /// The reason why the model stopped, where it was not done: <c>length</c>, <c>content_filter</c>, <c>tool_calls</c>, or another word
    /// of the upstream. Null unless one is stated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FinishReason { get; init; }

    /// <summary>
    /// The length of the model's reasoning so far, in UTF-16 units; null without any. The reasoning itself is in the log.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ReasoningLength { get; init; }

    /// <summary>
    /// The tools that the model wants called, in order, at most <see cref="RunState.MaxToolCalls"/>; null without any, and where the text
    /// was left out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunToolCall>? ToolCalls { get; init; }

    /// <summary>The text so far; null if it was left out. Fetch the run to have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The text by agent, if chunks name agents.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunPart>? Parts { get; init; }

    /// <summary>The passages that hosts masked before the room got the text, in order of their places; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunMask>? Masks { get; init; }

    /// <summary>In a lane: the passages of its text that the room will not get, in order and apart; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TextRange>? Masked { get; init; }

    /// <summary>In a lane: the place in its text up to which a host released it; null before the first release.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ReleasedTo { get; init; }

    /// <summary>The newest figures of the upstream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Usage? Usage { get; init; }

    /// <summary>Once done: the length of the text in UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    /// <summary>Once done: the SHA-256 of the text in UTF-8, hex in lower case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>The reason, once failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunError? Error { get; init; }

    /// <summary>The reason, once cancelled, declined or interrupted. That of <c>declined</c> is the host's own text, if any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Once cancelled: the id of the member who asked for it; null if the hub cancelled it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CancelledBy { get; init; }

    /// <summary>Once declined: the id of the host who declined it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeclinedBy { get; init; }

    /// <summary>The reactions to its passages, in order of each one's first use; null without any. Only in a room's state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PassageReaction>? Reactions { get; init; }

    /// <summary>While hidden: the id of the host who hid it. Clients do not show its task and text then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HiddenBy { get; init; }

    /// <summary>While hidden: the time of that, in UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? HiddenAt { get; init; }

    /// <summary>Once removed: the id of the host who removed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RemovedBy { get; init; }

    /// <summary>Once removed: the time of that, in UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Once removed: the length that its text had, in UTF-16 units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TextLength { get; init; }

    /// <summary>The longest reason of a declined proposal, in UTF-16 units.</summary>
    public const int MaxDeclineReasonLength = 500;

    /// <summary>The most members who can support one proposal.</summary>
    public const int MaxSupporters = 500;

    /// <summary>The longest task in the log. A prompt may be a book, and every late joiner would download it.</summary>
    public const int MaxTaskLength = 16_384;
}
