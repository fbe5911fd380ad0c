namespace Swarms.Hub.Protocol;

/// <summary>Some runs of a room, newest first, without their texts.</summary>
public sealed record RunPage
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>Give it as <c>before</c> for the next page; null on the last.</summary>
    public string? Next { get; init; }
}
