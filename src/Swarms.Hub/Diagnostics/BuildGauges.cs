using System.Diagnostics.Metrics;
using System.Reflection;

namespace Swarms.Hub.Diagnostics;

/// <summary>Says which build runs, as a figure that is always 1.</summary>
internal sealed class BuildGauges : IGauges
{
    /// <summary>The version with the commit that it was built from.</summary>
    public static string Version { get; } =
        typeof(BuildGauges).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public void Create(Meter meter) => meter.CreateObservableUpDownCounter(
        "swarms_hub.build",
        static () => new Measurement<int>(1, [new("version", Version), new("runtime", Environment.Version.ToString())]),
        unit: null,
        "Always 1, with the build's version and its runtime.");
}
