using System.Diagnostics.Metrics;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Runs;

/// <summary>The figures of the runs that have not ended, by state.</summary>
internal sealed class RunGauges(RunRegistry registry, RunQueue queue) : IGauges
{
    public void Create(Meter meter) => meter.CreateObservableUpDownCounter(
        "swarms_hub.runs", Count, "{run}", "Runs that have not ended, by state. Waiting ones wait for their upstream's rate limit.");

    private IEnumerable<Measurement<int>> Count()
    {
        var counts = queue.Count();
        return
        [
            Of(counts.Running, "running"),
            Of(counts.Queued, "queued"),
            Of(counts.Waiting, "waiting"),
            Of(registry.All().Count(run => run.IsProposed), "proposed"),
        ];
    }

    private static Measurement<int> Of(int count, string state) => new(count, new KeyValuePair<string, object?>("state", state));
}
