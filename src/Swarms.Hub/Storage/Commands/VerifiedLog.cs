namespace Swarms.Hub.Storage.Commands;

/// <summary>What verifying a database found.</summary>
internal sealed class VerifiedLog
{
    public int Rooms { get; set; }

    /// <summary>Events whose links fit.</summary>
    public long Events { get; set; }

    /// <summary>Events that are older than their room's chain, which nothing proves.</summary>
    public long OlderEvents { get; set; }

    /// <summary>Of each room that does not verify, the first event that does not fit.</summary>
    public List<string> Misfits { get; } = [];

    /// <summary>The room whose history the cursor is of; null where it is of none, or none was given.</summary>
    public string? RoomOfCursor { get; set; }

    public override string ToString()
    {
        var older = OlderEvents == 0 ? "" : $" {OlderEvents} events are older than the links and prove nothing.";
        return Misfits.Count == 0
            ? $"Every link fits; rooms: {Rooms}, events: {Events}.{older}"
            : string.Join('\n', [.. Misfits, $"Rooms that do not verify: {Misfits.Count} of {Rooms}.{older}"]);
    }
}
