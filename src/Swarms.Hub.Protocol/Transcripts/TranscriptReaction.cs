namespace Swarms.Hub.Protocol;

/// <summary>A reaction in a <see cref="Transcript"/>.</summary>
/// <param name="Sequence">The sequence of its event.</param>
/// <param name="At">The time, in UTC with milliseconds.</param>
/// <param name="By">The member's id.</param>
/// <param name="Emoji">The emoji as it was sent.</param>
/// <param name="Target">The sequence of the event reacted to.</param>
public sealed record TranscriptReaction(long Sequence, DateTimeOffset At, string? By, string Emoji, long Target);
