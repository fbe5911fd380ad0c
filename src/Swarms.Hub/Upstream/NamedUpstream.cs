namespace Swarms.Hub.Upstream;

/// <summary>One upstream of the hub, by the name that the operator gave it. It is made when the first run needs it.</summary>
/// <param name="Name">The name; <see cref="UpstreamRouter.DefaultName"/> for the default.</param>
/// <param name="Options">Its settings.</param>
/// <param name="Upstream">Itself.</param>
/// <param name="Limit">The limit that all its runs share.</param>
internal sealed record NamedUpstream(string Name, UpstreamOptions Options, Lazy<IUpstream> Upstream, RateLimit Limit)
{
    public UpstreamDescription Description { get; } = UpstreamDescription.Of(Options);

    /// <summary>True if it takes the Swarms API's requests as they are, those of swarms too.</summary>
    public bool TakesSwarms => Options.Kind is null or UpstreamKind.Swarms or UpstreamKind.Simulator;

    /// <summary>True if it lists its models and so takes no other.</summary>
    public bool IsClosed => Options.Models.Count > 0;

    public bool Lists(string model) => Options.Models.Contains(model);
}
