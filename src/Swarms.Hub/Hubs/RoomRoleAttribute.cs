namespace Swarms.Hub.Hubs;

/// <summary>The least role in the room of the first argument that a hub method asks for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RoomRoleAttribute(string role) : Attribute
{
    public string Role { get; } = role;
}
