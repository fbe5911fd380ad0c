namespace Swarms.Hub.Protocol;

/// <summary>Something a member said.</summary>
public sealed record Message
{
    /// <summary>The sequence of its event; what a reaction targets.</summary>
    public required long Sequence { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The member's id.</summary>
    public required string By { get; init; }

    /// <summary>At most 16,384 UTF-16 units.</summary>
    public required string Text { get; init; }

    /// <summary>In order of each emoji's first use.</summary>
    public IReadOnlyList<MessageReaction> Reactions { get; init; } = [];
}
