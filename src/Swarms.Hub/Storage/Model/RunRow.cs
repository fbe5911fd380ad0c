using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>A run, so that lists, searches and snapshots need not read its events.</summary>
internal sealed class RunRow
{
    public required string Id { get; set; }

    public long RoomKey { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>The sequence of <c>run.queued</c>.</summary>
    public long FirstSequence { get; set; }

    /// <summary>The key of its events' data; null if the run was stored by a version without keys.</summary>
    public byte[]? DataKey { get; set; }

    /// <summary>The first run of its thread; null if it is in none, or is the first itself.</summary>
    public string? ThreadRoot { get; set; }

    /// <summary>The task, for the search.</summary>
    public required string Task { get; set; }

    /// <summary>The whole text, once the run has ended.</summary>
    public string? Text { get; set; }

    /// <summary>The <see cref="Run"/> as JSON, without its text.</summary>
    public required string View { get; set; }

    public Run ToRun() => ParseView(View) with { Text = Text };

    public static Run ParseView(string view) => JsonSerializer.Deserialize<Run>(view, ProtocolJson.Options)!;
}
