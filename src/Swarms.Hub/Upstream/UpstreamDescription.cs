namespace Swarms.Hub.Upstream;

/// <summary>The upstream of this hub, as people are told.</summary>
/// <param name="Kind"><see cref="Swarms"/> or <see cref="Simulator"/>.</param>
/// <param name="Host">The host, with its port unless that is the scheme's default.</param>
internal sealed record UpstreamDescription(string Kind, string Host)
{
    public const string Swarms = "swarms";

    public const string Simulator = "simulator";
}
