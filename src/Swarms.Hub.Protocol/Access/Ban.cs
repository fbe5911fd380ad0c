namespace Swarms.Hub.Protocol;

/// <summary>A browser that may not join the room again.</summary>
public sealed record Ban
{
    /// <summary>The id by which it is lifted.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the member who was removed.</summary>
    public required string Name { get; init; }

    /// <summary>The time of the removal, in UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the host who removed the member.</summary>
    public required string By { get; init; }
}
