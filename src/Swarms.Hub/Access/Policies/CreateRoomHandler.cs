using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>The policy <see cref="RoomPolicies.CreateRoom"/>.</summary>
internal sealed class CreateRoomHandler(RoomCreationPolicy creation, AllowedOrigins origins, OwnOrigin own)
    : AuthorizationHandler<CreateRoomRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CreateRoomRequirement requirement)
    {
        if (context.User.IsOperator()
            || (context.Resource is HttpContext http && creation.IsOpenFor(http.Request) && IsTrusted(http.Request)))
        {
            context.Succeed(requirement);
        }
        else
        {
            context.Fail(new RefusalReason(this, NeedsOperator()));
        }

        return Task.CompletedTask;
    }

    private static HubErrorException NeedsOperator() => new(
        ErrorCodes.Unauthenticated,
        "Creating rooms here takes the operator's key: send it as \"Authorization: Bearer …\". The hub printed it at its first start.");

    private bool IsTrusted(HttpRequest request) => origins.Contains(request.Headers.Origin.ToString()) || own.IsNotForeign(request);
}
