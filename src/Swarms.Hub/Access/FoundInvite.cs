namespace Swarms.Hub.Access;

/// <summary>An invite as it is stored. Whether it may still be used is decided in the commit that uses it.</summary>
internal sealed record FoundInvite(string Id, string RoomId, string Role);
