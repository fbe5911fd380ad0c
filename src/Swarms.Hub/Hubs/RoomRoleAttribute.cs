namespace Swarms.Hub.Hubs;

/// <summary>The least role that a hub method requires in the room of its first argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RoomRoleAttribute(string role) : Attribute
{
    public string Role { get; } = role;

    /// <summary>True for a method that appends nothing, and so does not count against the member's rate.</summary>
    public bool IsRead { get; init; }

    /// <summary>True for a method that hosts may also call on a lane.</summary>
    public bool ReadsLanes { get; init; }

    /// <summary>True for a method that the token of an embed may also call, for its run.</summary>
    public bool ReadsEmbeds { get; init; }
}
