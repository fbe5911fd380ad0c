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

    /// <summary>The text, at most 16,384 UTF-16 units.</summary>
    public required string Text { get; init; }

    /// <summary>The reactions in order of each emoji's first use.</summary>
    public IReadOnlyList<MessageReaction> Reactions { get; init => field = value ?? []; } = [];
}
