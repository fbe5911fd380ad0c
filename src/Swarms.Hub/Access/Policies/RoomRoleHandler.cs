using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Access;

/// <summary>
/// Decides <see cref="RoomRoleRequirement"/> for endpoints, whose route names the room, and for <see cref="RoomResource"/>s. Every call but
/// a plain read counts against the member's rate, so none can be forgotten.
/// </summary>
internal sealed class RoomRoleHandler(RoomAccess access, CallRates rates) : AuthorizationHandler<RoomRoleRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RoomRoleRequirement requirement)
    {
        var http = context.Resource as HttpContext;
        var resource = context.Resource as RoomResource;
        try
        {
            var readsLanes = http is null ? resource?.ReadsLanes == true : LaneReads.AreAllowed(http);
            var readsEmbeds = http is null ? resource?.ReadsEmbeds == true : EmbedReads.AreAllowed(http);
            var roomId = http is null ? resource?.RoomId : http.GetRouteValue(readsEmbeds ? "run" : "room") as string;
            // An address of embeds knows no members.
            var caller = context.User.FindCaller()?.Embed is not null || (http is not null && readsEmbeds)
                ? RoomAccess.RequireEmbed(context.User, roomId, requirement.Role, readsEmbeds)
                : await access.RequireAsync(
                    context.User, roomId, requirement.Role, readsLanes, http?.RequestAborted ?? CancellationToken.None);
            // An endpoint may have several requirements, and is one call.
            var isCounted = http is null
                ? resource is { IsRead: false }
                : !IsRead(http.Request) && http.Features.Get<RoomCaller>() is null;
            if (isCounted && rates.TryCountAction(caller.Member.Id) is { } refusal)
            {
                context.Fail(new RefusalReason(this, refusal));
                return;
            }

            http?.Features.Set(caller);
            resource?.Caller = caller;
            context.Succeed(requirement);
        }
        catch (HubErrorException e)
        {
            context.Fail(new RefusalReason(this, e));
        }
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
