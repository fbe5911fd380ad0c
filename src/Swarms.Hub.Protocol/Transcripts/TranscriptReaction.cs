using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A reaction in a <see cref="Transcript"/>.</summary>
/// <param name="Sequence">The sequence of its event.</param>
/// <param name="At">The time, in UTC with milliseconds.</param>
/// <param name="By">The member's id.</param>
/// <param name="Emoji">The emoji as it was sent.</param>
/// <param name="Target">The sequence of the event reacted to.</param>
/// <param name="Passage">The passage reacted to; null if it is the event as a whole.</param>
public sealed record TranscriptReaction(
    long Sequence,
    DateTimeOffset At,
    string? By,
    string Emoji,
    long Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Passage? Passage = null);
