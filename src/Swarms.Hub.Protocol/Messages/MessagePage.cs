namespace Swarms.Hub.Protocol;

/// <summary>One page of a room's messages.</summary>
public sealed record MessagePage
{
    /// <summary>The messages as they stand, in sequence order.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>The <c>before</c> of the page with earlier ones; null if there are none.</summary>
    public long? Next { get; init; }
}
