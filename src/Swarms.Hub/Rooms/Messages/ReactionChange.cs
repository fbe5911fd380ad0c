using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of the reactions that members have given, each in the commit of its event.</summary>
internal abstract record ReactionChange : RoomChange;

/// <summary>
/// Adds a member's reaction to an event or a passage. The commit fails with <c>conflict</c> if the member has given it before or the target
/// was removed, with <c>too_large</c> if the member has reached the limit, and with the refusals of a quote if there is no such passage.
/// </summary>
internal sealed record AddReaction(string MemberId, long Target, string Emoji, Passage? Passage = null) : ReactionChange;

/// <summary>Takes a member's reaction back. The commit fails with <c>conflict</c> if the member has not given it.</summary>
internal sealed record RemoveReaction(string MemberId, long Target, string Emoji, Passage? Passage = null) : ReactionChange;
