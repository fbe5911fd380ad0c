namespace Swarms.Hub.Protocol;

/// <summary>What says something in a room.</summary>
public sealed record SayRequest
{
    /// <summary>1 to 16,384 UTF-16 units.</summary>
    public string? Text { get; init; }
}
