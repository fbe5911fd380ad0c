using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Operations;

namespace Swarms.Hub.Storage;

/// <summary>The figures of the commits that wait, and of the store itself.</summary>
internal sealed class StorageGauges(CommitQueue queue, IHubStore store, IOptions<StorageOptions> options) : IGauges
{
    public void Create(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            "swarms_hub.commits.pending", () => queue.PendingEvents, "{event}", "Events that wait to be stored.");
        meter.CreateObservableUpDownCounter(
            "swarms_hub.commits.pending.limit",
            () => options.Value.MaxPendingEvents,
            "{event}",
            "Events beyond which runs and callers wait (Storage:MaxPendingEvents).");
        meter.CreateObservableUpDownCounter(
            "swarms_hub.commits.pending.size", () => queue.PendingBytes, "By", "Bytes of the events that wait to be stored.");
        meter.CreateObservableUpDownCounter(
            "swarms_hub.commits.pending.size.limit",
            () => options.Value.MaxPendingBytes,
            "By",
            "Bytes beyond which runs and callers wait (Storage:MaxPendingBytes).");
        meter.CreateObservableUpDownCounter(
            "swarms_hub.storage.available",
            () => queue.FailingSince is null ? 1 : 0,
            unit: null,
            "1 while the store takes writes, else 0.");
        meter.CreateObservableUpDownCounter("swarms_hub.storage.size", () => store.Measure().Bytes, "By", "Bytes of the store.");
        meter.CreateObservableUpDownCounter(
            "swarms_hub.storage.free", Free, "By", "Bytes that the store's disk has left for the hub.");
    }

    private IEnumerable<Measurement<long>> Free() => store.Measure().FreeBytes is { } free ? [new(free)] : [];
}
