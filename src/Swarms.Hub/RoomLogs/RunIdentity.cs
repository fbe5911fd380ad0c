namespace Swarms.Hub.RoomLogs;

/// <summary>The id and the key of a run, which its events need.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Key">The key of its events' data.</param>
internal readonly record struct RunIdentity(string Id, DataKey Key);
