namespace Swarms.Hub.Protocol;

/// <summary>The answer to a message that was appended.</summary>
public sealed record MessageSaid
{
    /// <summary>The sequence of the message.</summary>
    public required long Sequence { get; init; }
}
