namespace Swarms.Hub.Protocol;

/// <summary>The caller's vote in a group, also after the group was revealed. The votes of others are no part of it.</summary>
public sealed record OwnVote
{
    /// <summary>The id of the run; null if the caller voted for none, or took its vote back.</summary>
    public string? Run { get; init; }
}
