namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="Run.Kind"/>.</summary>
public static class RunKinds
{
    /// <summary>One agent: <c>POST /v1/agent/completions</c>.</summary>
    public const string Agent = "agent";

    /// <summary>Several agents: <c>POST /v1/swarm/completions</c>.</summary>
    public const string Swarm = "swarm";
}
