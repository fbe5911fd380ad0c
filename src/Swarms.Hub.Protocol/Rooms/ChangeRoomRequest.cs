namespace Swarms.Hub.Protocol;

/// <summary>The request that changes a room.</summary>
public sealed record ChangeRoomRequest
{
    /// <summary>The new name: 1 to 200 characters.</summary>
    public string? Name { get; init; }
}
