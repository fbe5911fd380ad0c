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

    /// <summary>Anything else that a member or the hub did outside runs.</summary>
    /// <param name="At">The time.</param>
    /// <param name="Act">The act in the hub's own words; they end before the name.</param>
    /// <param name="Name">The name of somebody or something at the end of the sentence, hostile as all names are; null without one.</param>
    /// <param name="Rest">The hub's own words behind the name; empty without any.</param>
    /// <param name="Who">The member who did it, or the hub.</param>
    internal sealed record Acted(DateTimeOffset At, string Act, string? Name, string Rest, string Who) : TranscriptEntry(Who);

    /// <summary>A whole run, placed where it was asked for.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Who">The member who asked for it.</param>
    /// <param name="People">The members who did something to it.</param>
    /// <param name="Answered">The message that it answers, as it stands; null without one.</param>
    internal sealed record Ran(Run Run, string Who, RunPeople People, Message? Answered) : TranscriptEntry(Who)
    {
        /// <summary>False if a host hid or removed the task and the text.</summary>
        public bool IsShown => People.ModeratedBy is null;
    }
}
