using Microsoft.AspNetCore.Authorization;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Hosting;

/// <summary>Ends the start if an endpoint does not say who may call it, so that none is open by oversight.</summary>
internal sealed class EndpointPolicies(EndpointDataSource endpoints) : IStartStep
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var open = endpoints.Endpoints.Where(endpoint => !HasPolicy(endpoint.Metadata)).Select(endpoint => endpoint.DisplayName).ToList();
        return open.Count == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"Endpoints without a policy: {string.Join(", ", open)}. Give each RequireAuthorization or AllowAnonymous.");
    }

    private static bool HasPolicy(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IAuthorizeData>() is not null
        || metadata.GetMetadata<AuthorizationPolicy>() is not null
        || metadata.GetMetadata<IAllowAnonymous>() is not null;
}
