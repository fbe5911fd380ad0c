namespace Swarms.Hub.Protocol;

/// <summary>The run whose lane this is. A lane is watched like a room.</summary>
/// <param name="Room">The id of the run's room.</param>
/// <param name="Run">The run's id.</param>
public sealed record RoomLane(string Room, string Run);
