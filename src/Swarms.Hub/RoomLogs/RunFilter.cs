namespace Swarms.Hub.RoomLogs;

/// <summary>The runs that a list has.</summary>
internal sealed record RunFilter
{
    /// <summary>
    /// A text that the task or the text must contain to the letter; only letters of ASCII match in either case. Null or empty for all.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The id of a thread's first run; null or empty for all threads.</summary>
    public string? Thread { get; init; }

    /// <summary>The id of a run that was queued after all of the list; null or empty for none.</summary>
    public string? Before { get; init; }
}
