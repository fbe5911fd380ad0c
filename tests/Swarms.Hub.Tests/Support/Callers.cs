using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Support;

/// <summary>Callers as the hub's doors find them, for tests of what comes behind a door.</summary>
internal static class Callers
{
    /// <summary>The caller whose token or session has these members.</summary>
    public static CallerIdentity Of(byte[] credential, params string[] members) => new(
        CallerKind.Token,
        credential,
        [.. members.Select(member => new FoundToken(credential, new Membership("room", member), null, DateTimeOffset.UnixEpoch))]);

    /// <summary>A member at the door of its room.</summary>
    public static RoomCaller In(string room, string member) => new(
        room,
        new Member { Id = member, Name = member, Role = MemberRoles.Viewer, JoinedAt = DateTimeOffset.UnixEpoch },
        Of([1], member));
}
