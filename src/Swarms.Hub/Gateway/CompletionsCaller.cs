using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway;

/// <summary>
/// Finds the caller at a door that takes a room's token as its API key. The token names the room, so the policy is asked here and not by
/// the route.
/// </summary>
internal sealed class CompletionsCaller(IAuthorizationService authorization)
{
    public async Task<RoomCaller> RequireAsync(HttpContext context)
    {
        if (context.User.FindTokenCaller() is not { Tokens: [{ Membership: var membership }, ..] })
        {
            throw new HubErrorException(
                ErrorCodes.Unauthenticated,
                "The API key is missing or unknown. Send a room's token as \"x-api-key\" or \"Authorization: Bearer …\".");
        }

        var resource = new RoomResource(membership.RoomId);
        var result = await authorization.AuthorizeAsync(context.User, resource, RoomPolicies.Participant);
        return result.Succeeded ? resource.Caller! : throw result.Failure.FailureReasons.OfType<RefusalReason>().First().Refusal;
    }
}
