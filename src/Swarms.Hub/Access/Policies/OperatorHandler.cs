using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// The policies <see cref="RoomPolicies.CreateRoom"/> and <see cref="RoomPolicies.Inspect"/>: the operator may, and on a hub that is open
/// on loopback everybody there, except pages of foreign origins.
/// </summary>
internal sealed class OperatorHandler(RoomCreationPolicy local, AllowedOrigins origins, OwnOrigin own)
    : AuthorizationHandler<OperatorRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorRequirement requirement)
    {
        if (context.User.IsOperator()
            || (context.Resource is HttpContext http && local.IsOpenFor(http.Request) && IsTrusted(http.Request)))
        {
            context.Succeed(requirement);
        }
        else
        {
            context.Fail(new RefusalReason(this, NeedsOperator(requirement.What)));
        }

        return Task.CompletedTask;
    }

    private static HubErrorException NeedsOperator(string what) => new(
        ErrorCodes.Unauthenticated,
        $"{what} here takes the operator's key: send it as \"Authorization: Bearer …\". The hub printed it at its first start.");

    private bool IsTrusted(HttpRequest request) => origins.Contains(request.Headers.Origin.ToString()) || own.IsNotForeign(request);
}
