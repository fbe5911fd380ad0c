namespace Swarms.Hub.RoomLogs;

/// <summary>The runs that a list has.</summary>
internal sealed record RunFilter
{
    /// <summary>Words as a search takes them, all of which must be in one passage of a run. Null or empty for all runs.</summary>
    public string? Text { get; init; }

    /// <summary>The id of a thread's first run; null or empty for all threads.</summary>
    public string? Thread { get; init; }

    /// <summary>The id of a run that was queued after all of the list; null or empty for none.</summary>
    public string? Before { get; init; }
}
