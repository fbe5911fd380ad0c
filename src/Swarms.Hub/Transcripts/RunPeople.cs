namespace Swarms.Hub.Transcripts;

/// <summary>The names of the members who did something to a run; each is null if nobody did.</summary>
/// <param name="CancelledBy">The member who cancelled it.</param>
/// <param name="ModeratedBy">The host who hid or removed it.</param>
/// <param name="ApprovedBy">The host who approved it, if it was a proposal.</param>
/// <param name="DeclinedBy">The host who declined it.</param>
/// <param name="Supporters">The members who support it, while it is a proposal.</param>
internal sealed record RunPeople(
    string? CancelledBy, string? ModeratedBy, string? ApprovedBy, string? DeclinedBy, IReadOnlyList<string> Supporters);
