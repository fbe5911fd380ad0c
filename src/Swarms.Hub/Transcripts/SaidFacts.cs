using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>The facts about messages and reactions besides their texts, in words of the hub's own.</summary>
internal static class SaidFacts
{
    public static IEnumerable<string> Of(Message message, TranscriptView view)
    {
        if (message.ReplyTo is { } replyTo)
            yield return $"in reply to {Number(replyTo)}";
        if (message.Quote is { } quote)
            yield return $"quoting the run at {Span(quote)}";
        if (message.EditedAt is { } edited)
            yield return $"edited {view.Time(edited)}";
    }

    /// <summary>Returns the sentence in place of a removed message's text; null if it has one. The name is not escaped.</summary>
    public static string? Removal(TranscriptEntry.Said said, TranscriptView view) => said.Message.RemovedAt is { } removed
        ? $"Removed by {said.RemovedBy}, {view.Time(removed)}."
        : null;

    public static string Target(TranscriptEntry.Reacted reacted) =>
        reacted.Passage is { } passage ? $"the run at {Span(passage)}" : Number(reacted.Target);

    private static string Span(Passage passage) =>
        passage.From == passage.To ? Number(passage.From) : $"{Number(passage.From)} to {Number(passage.To)}";

    private static string Number(long sequence) => string.Create(CultureInfo.InvariantCulture, $"#{sequence}");
}
