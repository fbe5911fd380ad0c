using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>The news of a room's presence.</summary>
/// <param name="Whole">The whole presence, for those who have none yet.</param>
/// <param name="Changes">The changes since the last notice, for everybody else; null if there are none.</param>
/// <param name="Newcomers">The connections that have nothing yet.</param>
internal sealed record PresenceNotice(RoomPresence Whole, RoomPresence? Changes, IReadOnlyList<string> Newcomers);
