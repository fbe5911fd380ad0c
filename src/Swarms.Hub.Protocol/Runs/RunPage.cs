namespace Swarms.Hub.Protocol;

/// <summary>One page of a room's runs, without their texts.</summary>
public sealed record RunPage
{
    /// <summary>The runs, newest first.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>The <c>before</c> of the next page; null on the last page.</summary>
    public string? Next { get; init; }
}
