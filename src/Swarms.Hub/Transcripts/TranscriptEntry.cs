using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>One entry of a transcript, with the name of the member who caused it.</summary>
internal abstract record TranscriptEntry(string Who)
{
    /// <summary>A message. Its sequence is its number, by which reactions refer to it.</summary>
    internal sealed record Said(long Sequence, DateTimeOffset At, string Text, string Who) : TranscriptEntry(Who);

    /// <summary>A reaction to the event with the sequence <paramref name="Target"/>.</summary>
    internal sealed record Reacted(DateTimeOffset At, string Emoji, long Target, string Who) : TranscriptEntry(Who);

    /// <summary>A whole run, placed where it was asked for.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Who">The member who asked for it.</param>
    /// <param name="CancelledBy">The member who cancelled it; null if nobody did.</param>
    internal sealed record Ran(Run Run, string Who, string? CancelledBy) : TranscriptEntry(Who);
}
