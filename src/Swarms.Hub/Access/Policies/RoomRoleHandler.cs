using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Access;

/// <summary>
/// Decides <see cref="RoomRoleRequirement"/> for endpoints, whose route names the room, and for <see cref="RoomResource"/>s.
/// </summary>
internal sealed class RoomRoleHandler(RoomAccess access) : AuthorizationHandler<RoomRoleRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RoomRoleRequirement requirement)
    {
        var http = context.Resource as HttpContext;
        var resource = context.Resource as RoomResource;
        var roomId = http is null ? resource?.RoomId : http.GetRouteValue("room") as string;
        try
        {
            var caller = await access.RequireAsync(context.User, roomId, requirement.Role, http?.RequestAborted ?? CancellationToken.None);
            http?.Features.Set(caller);
            resource?.Caller = caller;
            context.Succeed(requirement);
        }
        catch (HubErrorException e)
        {
            context.Fail(new RefusalReason(this, e));
        }
    }
}
