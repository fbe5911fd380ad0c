namespace Swarms.Hub.Access;

/// <summary>The names of the authorisation policies.</summary>
internal static class RoomPolicies
{
    /// <summary>Any member of the room.</summary>
    public const string Viewer = "room-viewer";

    /// <summary>Who may start runs.</summary>
    public const string Participant = "room-participant";

    /// <summary>Who may do everything.</summary>
    public const string Host = "room-host";

    /// <summary>Who may create rooms.</summary>
    public const string CreateRoom = "create-room";
}
