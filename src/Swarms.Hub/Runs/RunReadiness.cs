using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Runs;

/// <summary>A stopping hub is not ready.</summary>
internal sealed class RunReadiness(RunRegistry registry) : IReadiness
{
    public string? FindObstacle() => registry.IsDraining ? "The hub is stopping." : null;
}
