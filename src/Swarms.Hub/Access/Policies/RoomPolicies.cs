namespace Swarms.Hub.Access;

/// <summary>The names of the authorisation policies.</summary>
internal static class RoomPolicies
{
    /// <summary>Allows every member of the room.</summary>
    public const string Viewer = "room-viewer";

    /// <summary>Allows members who may start runs.</summary>
    public const string Participant = "room-participant";

    /// <summary>Allows members who may do everything.</summary>
    public const string Host = "room-host";

    /// <summary>Allows callers who may create rooms.</summary>
    public const string CreateRoom = "create-room";

    /// <summary>Allows callers who may read the hub's metrics and the description of its calls.</summary>
    public const string Inspect = "inspect";
}
