namespace Swarms.Hub.Access;

/// <summary>What a policy decides about, where the room is not in the route: a hub call or a Swarms door.</summary>
internal sealed class RoomResource(string roomId)
{
    public string RoomId { get; } = roomId;

    /// <summary>Who calls, once the policy has allowed it.</summary>
    public RoomCaller? Caller { get; set; }
}
