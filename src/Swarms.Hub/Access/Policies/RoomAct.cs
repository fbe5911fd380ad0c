namespace Swarms.Hub.Access;

/// <summary>What a member is about to do in a room.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="Role">The member's role.</param>
/// <param name="IsUnmoderated">True for a program whose runs need no approval.</param>
/// <param name="IsApproved">True if a host approves it in the same commit.</param>
internal readonly record struct RoomAct(string Type, string Role, bool IsUnmoderated, bool IsApproved);
