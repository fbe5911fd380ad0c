using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>Turns a policy's refusal into the contract's error; the framework would answer with an empty 401 or 403.</summary>
internal sealed class RefusalResultHandler : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);

        var reason = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<RefusalReason>().FirstOrDefault();
        return HubErrorHandler.WriteAsync(context, reason?.Refusal ?? NeedsToken());
    }

    private static HubErrorException NeedsToken() => new(
        ErrorCodes.Unauthenticated, "This call needs a valid token: send it as \"Authorization: Bearer …\", or join a room first.");
}
