namespace Swarms.Hub.Access;

/// <summary>Marks the endpoints that hosts may also call on a lane. For every other one there is no such room.</summary>
internal sealed class LaneReads
{
    private static readonly LaneReads Mark = new();

    public static TBuilder Allow<TBuilder>(TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Mark);

    public static bool AreAllowed(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<LaneReads>() is not null;
}
