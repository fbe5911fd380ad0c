namespace Swarms.Hub.Protocol;

/// <summary>The request that says something in a room.</summary>
public sealed record SayRequest
{
    /// <summary>The text: 1 to 16,384 UTF-16 units.</summary>
    public string? Text { get; init; }
}
