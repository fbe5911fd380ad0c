using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A message of a member.</summary>
public sealed record Message
{
    /// <summary>The sequence of its event, which a reaction targets.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of the message, in UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The member's id.</summary>
    public required string By { get; init; }

    /// <summary>The text, at most 16,384 UTF-16 units; empty once it was removed.</summary>
    public required string Text { get; init; }

    /// <summary>The reactions in order of each emoji's first use.</summary>
    public IReadOnlyList<MessageReaction> Reactions { get; init => field = value ?? []; } = [];

    /// <summary>The sequence of the message that it answers, which may be removed or out of reach.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>The passage of a run that it quotes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Passage? Quote { get; init; }

    /// <summary>The time of its last edit, in UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Once removed: the id of the member who removed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RemovedBy { get; init; }

    /// <summary>The time of its removal, in UTC with milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RemovedAt { get; init; }

    internal bool Names(string memberId) =>
        By == memberId || RemovedBy == memberId || Reactions.Any(reaction => reaction.By.Contains(memberId));
}
