namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="UpstreamDescription.Kind"/>.</summary>
public static class UpstreamKinds
{
    /// <summary>The Swarms API.</summary>
    public const string Swarms = "swarms";

    /// <summary>The hub's own simulator. Its answers mean nothing.</summary>
    public const string Simulator = "simulator";
}
