namespace Swarms.Hub.Upstream;

internal enum UpstreamKind
{
    /// <summary>The Swarms API.</summary>
    Swarms,

    /// <summary>The built-in simulator, whose answers are invented.</summary>
    Simulator,
}
