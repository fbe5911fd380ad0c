namespace Swarms.Hub.RoomLogs;

/// <summary>The losses that a commit survives. DECISIONS.md has the measurements behind the difference.</summary>
internal enum Durability
{
    /// <summary>The end of this process. It is enough for a run's chunks, because the run's ending is durable.</summary>
    Process,

    /// <summary>The loss of power, for endings, people's events, tokens and settings.</summary>
    Power,
}
