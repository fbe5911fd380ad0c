namespace Swarms.Hub.Hubs;

/// <summary>The least role that a hub method requires in the room of its first argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RoomRoleAttribute(string role) : Attribute
{
    public string Role { get; } = role;
}
