using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>One entry of a transcript, with the name of the member who caused it.</summary>
internal abstract record TranscriptEntry(string Who)
{
    internal sealed record Said(DateTimeOffset At, string Text, string Who) : TranscriptEntry(Who);

    /// <summary>A whole run, placed where it was asked for.</summary>
    internal sealed record Ran(Run Run, string Who) : TranscriptEntry(Who);
}
