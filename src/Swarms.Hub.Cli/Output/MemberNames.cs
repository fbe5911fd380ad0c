using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>The names of a room's members.</summary>
internal static class MemberNames
{
    /// <summary>Returns the name of a present or former member; null if nothing in the room names that member any more.</summary>
    public static string? Find(RoomWithMe room, string? id) =>
        room.Members.FirstOrDefault(member => member.Id == id)?.Name
        ?? room.FormerMembers.FirstOrDefault(member => member.Id == id)?.Name;
}
