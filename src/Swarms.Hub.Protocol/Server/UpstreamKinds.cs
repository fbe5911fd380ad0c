namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="UpstreamDescription.Kind"/>.</summary>
public static class UpstreamKinds
{
    /// <summary>The Swarms API.</summary>
    public const string Swarms = "swarms";

    /// <summary>OpenAI, or another server that speaks its Chat Completions.</summary>
    public const string OpenAi = "openai";

    /// <summary>Ollama.</summary>
    public const string Ollama = "ollama";

    /// <summary>Anthropic.</summary>
    public const string Anthropic = "anthropic";

    /// <summary>The hub's own simulator. Its answers mean nothing.</summary>
    public const string Simulator = "simulator";
}
