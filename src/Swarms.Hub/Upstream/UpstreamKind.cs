namespace Swarms.Hub.Upstream;

internal enum UpstreamKind
{
    /// <summary>The Swarms API.</summary>
    Swarms,

    /// <summary>The built-in simulator, whose answers are invented.</summary>
    Simulator,

    /// <summary>OpenAI, and every server that speaks its Chat Completions.</summary>
    OpenAi,

    /// <summary>Ollama's own API.</summary>
    Ollama,

    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,
}
