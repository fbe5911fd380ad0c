namespace Swarms.Hub.Protocol;

/// <summary>A room's transcript in the format <see cref="TranscriptFormats.Json"/>.</summary>
public sealed record Transcript
{
    /// <summary>The room, with its name at the time of writing.</summary>
    public required Room Room { get; init; }

    /// <summary>The time of writing, in UTC with milliseconds.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>All runs with their texts, in order of <c>run.queued</c>.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>All messages, in sequence order.</summary>
    public required IReadOnlyList<TranscriptMessage> Messages { get; init; }

    /// <summary>All reactions that were not taken back, in sequence order.</summary>
    public required IReadOnlyList<TranscriptReaction> Reactions { get; init; }

    /// <summary>
    /// All other events outside runs, as on the wire, in sequence order: who came and left, hands, votes, settings, spending.
    /// </summary>
    public required IReadOnlyList<RoomEvent> Events { get; init; }

    /// <summary>All members who ever joined.</summary>
    public required IReadOnlyList<Member> Members { get; init; }
}
