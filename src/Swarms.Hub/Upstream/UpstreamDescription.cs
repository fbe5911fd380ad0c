namespace Swarms.Hub.Upstream;

/// <summary>Which upstream this hub talks to, as people are told.</summary>
/// <param name="Kind"><see cref="Swarms"/> or <see cref="Simulator"/>.</param>
/// <param name="Host">The host, with its port where that is not the scheme's own.</param>
internal sealed record UpstreamDescription(string Kind, string Host)
{
    public const string Swarms = "swarms";

    public const string Simulator = "simulator";
}
