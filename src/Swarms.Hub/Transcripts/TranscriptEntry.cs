using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>One thing that happened, with the name of whoever caused it.</summary>
internal abstract record TranscriptEntry(string Who)
{
    internal sealed record Said(DateTimeOffset At, string Text, string Who) : TranscriptEntry(Who);

    /// <summary>A run stands where it was asked for, with all that came of it.</summary>
    internal sealed record Ran(Run Run, string Who) : TranscriptEntry(Who);
}
