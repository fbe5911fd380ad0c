using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>One upstream of this hub, as people are told.</summary>
/// <param name="Kind">One of <see cref="UpstreamKinds"/>.</param>
/// <param name="Host">The host, with its port unless that is the scheme's default.</param>
internal sealed record UpstreamDescription(string Kind, string Host)
{
    public static UpstreamDescription Of(UpstreamOptions options) => options.IsSimulated
        ? new(UpstreamKinds.Simulator, "built-in")
        : new(Word(options.Kind!.Value), options.Address.Authority);

    private static string Word(UpstreamKind kind) => kind switch
    {
        UpstreamKind.OpenAi => UpstreamKinds.OpenAi,
        UpstreamKind.Ollama => UpstreamKinds.Ollama,
        UpstreamKind.Anthropic => UpstreamKinds.Anthropic,
        _ => UpstreamKinds.Swarms,
    };
}
