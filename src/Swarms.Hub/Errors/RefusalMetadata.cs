namespace Swarms.Hub.Errors;

/// <summary>The codes of an endpoint beside those that its method, body and policy imply, for the OpenAPI document.</summary>
internal sealed record RefusalMetadata(params string[] Codes);

internal static class RefusalMetadataExtensions
{
    /// <summary>Documents further codes with which the endpoint refuses.</summary>
    public static TBuilder AlsoRefuses<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new RefusalMetadata(codes));
        return endpoint;
    }
}
