namespace Swarms.Hub.RoomLogs;

/// <summary>What a commit survives. DECISIONS.md has the measurements behind the difference.</summary>
internal enum Durability
{
    /// <summary>The end of this process: enough for a run's chunks, which its ending makes safe.</summary>
    Process,

    /// <summary>The loss of power: for endings, people's events, tokens and settings.</summary>
    Power,
}
