using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Runs;

/// <summary>A hub that stops is to be left alone.</summary>
internal sealed class RunReadiness(RunRegistry registry) : IReadiness
{
    public string? FindObstacle() => registry.IsDraining ? "The hub is stopping." : null;
}
