namespace Swarms.Hub.Protocol;

/// <summary>A message in a <see cref="Transcript"/>.</summary>
/// <param name="Sequence">The sequence of its event.</param>
/// <param name="At">The time, in UTC with milliseconds.</param>
/// <param name="By">The member's id.</param>
/// <param name="Text">The text.</param>
public sealed record TranscriptMessage(long Sequence, DateTimeOffset At, string? By, string Text);
