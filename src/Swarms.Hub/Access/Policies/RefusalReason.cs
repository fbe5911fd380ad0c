using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Access;

/// <summary>The refusal of a policy, as the caller is told.</summary>
internal sealed class RefusalReason(
    IAuthorizationHandler handler, HubErrorException refusal) : AuthorizationFailureReason(handler, refusal.Message)
{
    public HubErrorException Refusal { get; } = refusal;
}
