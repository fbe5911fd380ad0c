namespace Swarms.Hub.Access;

/// <summary>The room that a policy decides about if it is not in the route: in a hub call or at a Swarms door.</summary>
internal sealed class RoomResource(string roomId)
{
    public string RoomId { get; } = roomId;

    /// <summary>True for a call that appends nothing.</summary>
    public bool IsRead { get; init; }

    /// <summary>True for a call that hosts may also make on a lane.</summary>
    public bool ReadsLanes { get; init; }

    /// <summary>True for a call that the token of an embed may also make, for its run.</summary>
    public bool ReadsEmbeds { get; init; }

    /// <summary>The caller, once the policy has allowed it.</summary>
    public RoomCaller? Caller { get; set; }
}
