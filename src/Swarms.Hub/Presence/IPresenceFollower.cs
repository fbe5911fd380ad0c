namespace Swarms.Hub.Presence;

/// <summary>
/// Learns who comes and goes, by member. Called in each room's order under the room's lock, so it must be quick and must not throw.
/// </summary>
internal interface IPresenceFollower
{
    /// <summary>The member's first connection came.</summary>
    void Came(string roomId, string memberId, DateTimeOffset at);

    /// <summary>The member has had no connection since that time, for <see cref="PresenceOptions.LeaveAfter"/>.</summary>
    void Left(string roomId, string memberId, DateTimeOffset at);
}
