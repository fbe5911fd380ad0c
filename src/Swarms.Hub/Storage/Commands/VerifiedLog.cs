namespace Swarms.Hub.Storage.Commands;

/// <summary>The result of verifying a database.</summary>
internal sealed class VerifiedLog
{
    public int Rooms { get; set; }

    /// <summary>The number of events whose links fit.</summary>
    public long Events { get; set; }

    /// <summary>The number of events older than their room's chain; nothing proves them.</summary>
    public long OlderEvents { get; set; }

    /// <summary>One sentence for each room that does not verify, about its first event that does not fit.</summary>
    public List<string> Misfits { get; } = [];

    /// <summary>The room whose history has the cursor; null if no room has it, or none was given.</summary>
    public string? RoomOfCursor { get; set; }

    public override string ToString()
    {
        var older = OlderEvents == 0 ? "" : $" {OlderEvents} events are older than the links and prove nothing.";
        return Misfits.Count == 0
            ? $"Every link fits; rooms: {Rooms}, events: {Events}.{older}"
            : string.Join('\n', [.. Misfits, $"Rooms that do not verify: {Misfits.Count} of {Rooms}.{older}"]);
    }
}
