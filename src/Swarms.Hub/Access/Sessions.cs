using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>Gives a caller its token as it asks: in the answer, or in a cookie that no script can read.</summary>
internal static class Sessions
{
    public static RoomAdmission Grant(HttpContext context, string? session, Room room, Member member, string token)
    {
        if (session != "cookie")
            return new RoomAdmission { Room = room, Member = member, Token = token };

        RoomCookies.Set(context, room.Id, token);
        return new RoomAdmission { Room = room, Member = member };
    }

    public static void Validate(HttpContext context, string? session)
    {
        if (session is not (null or "cookie" or "token"))
            throw new HubErrorException(ErrorCodes.Invalid, "session must be \"cookie\" or \"token\".");

        if (session == "cookie" && !RoomCookies.IsNotForeign(context.Request))
        {
            throw new HubErrorException(
                ErrorCodes.Invalid,
                $"Only the hub's own page can have a cookie session. This page is of {context.Request.Headers.Origin}, and the hub was "
                + $"called as {context.Request.Scheme}://{context.Request.Host}. If a proxy stands between, it must pass on the Host "
                + "header; a page of another origin uses the token.");
        }
    }
}
