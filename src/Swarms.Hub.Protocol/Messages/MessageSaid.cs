namespace Swarms.Hub.Protocol;

/// <summary>A message that was appended.</summary>
public sealed record MessageSaid
{
    /// <summary>Its sequence.</summary>
    public required long Sequence { get; init; }
}
