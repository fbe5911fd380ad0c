namespace Swarms.Hub.RoomLogs;

/// <summary>A run, as its events need it.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Key">The key of its events' data.</param>
internal readonly record struct RunIdentity(string Id, DataKey Key);
