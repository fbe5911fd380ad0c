using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A message in a <see cref="Transcript"/>.</summary>
/// <param name="Sequence">The sequence of its event.</param>
/// <param name="At">The time, in UTC with milliseconds.</param>
/// <param name="By">The member's id.</param>
/// <param name="Text">The text; empty once it was removed.</param>
/// <param name="ReplyTo">The sequence of the message that it answers; null if it answers none.</param>
/// <param name="Quote">The passage that it quotes; null if it quotes none.</param>
/// <param name="EditedAt">The time of its last edit; null if there was none.</param>
/// <param name="RemovedBy">The id of the member who removed it; null unless it was removed.</param>
/// <param name="RemovedAt">The time of its removal; null unless it was removed.</param>
public sealed record TranscriptMessage(
    long Sequence,
    DateTimeOffset At,
    string? By,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Passage? Quote = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EditedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RemovedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RemovedAt = null);
