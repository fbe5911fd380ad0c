using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>One entry of a transcript, with the name of the member who caused it.</summary>
internal abstract record TranscriptEntry(string Who)
{
    /// <summary>A message as it stands. Its sequence is its number, by which reactions refer to it.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Who">The member who said it.</param>
    /// <param name="RemovedBy">The member who removed it; null if nobody did.</param>
    internal sealed record Said(Message Message, string Who, string? RemovedBy) : TranscriptEntry(Who);

    /// <summary>A reaction to the event with the sequence <paramref name="Target"/>, or to a passage that begins there.</summary>
    internal sealed record Reacted(DateTimeOffset At, string Emoji, long Target, Passage? Passage, string Who) : TranscriptEntry(Who);

    /// <summary>A whole run, placed where it was asked for.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Who">The member who asked for it.</param>
    /// <param name="CancelledBy">The member who cancelled it; null if nobody did.</param>
    /// <param name="ModeratedBy">The host who hid or removed it; null if nobody did.</param>
    /// <param name="Answered">The message that it answers, as it stands; null without one.</param>
    internal sealed record Ran(Run Run, string Who, string? CancelledBy, string? ModeratedBy, Message? Answered)
        : TranscriptEntry(Who)
    {
        /// <summary>False if a host hid or removed the task and the text.</summary>
        public bool IsShown => ModeratedBy is null;
    }
}
