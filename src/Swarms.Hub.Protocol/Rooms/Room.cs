namespace Swarms.Hub.Protocol;

/// <summary>What people watch together; owns one ordered log.</summary>
public sealed record Room
{
    /// <summary>Opaque, URL-safe, sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>In UTC with milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
