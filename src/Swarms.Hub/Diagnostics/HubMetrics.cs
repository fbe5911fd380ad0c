using System.Diagnostics;
using System.Diagnostics.Metrics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Diagnostics;

/// <summary>
/// The hub's own instruments, with one method for each fact. Names and units follow the semantic conventions of OpenTelemetry, where these
/// have a name. Safe from any thread.
/// </summary>
internal sealed class HubMetrics
{
    public const string MeterName = "Swarms.Hub";

    // The range goes from a commit of one chunk without a sync to a disk that stalls.
    private static readonly InstrumentAdvice<double> ShortTimes = Buckets(
        0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);

    // A run may wait for its turn for hours.
    private static readonly InstrumentAdvice<double> LongTimes = Buckets(
        0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600);

    private static readonly InstrumentAdvice<int> EventCounts =
        new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000] };

    private readonly TimeProvider _time;
    private readonly Counter<long> _committedEvents;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _commitSize;
    private readonly Histogram<double> _deliveryLag;
    private readonly Counter<long> _caughtUpEvents;
    private readonly Counter<long> _snapshots;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _stalledViewers;
    private readonly Counter<long> _endedRuns;
    private readonly Histogram<double> _queueDuration;
    private long _deliveredFrames;
    private long _deliveredEvents;
    private long _viewers;

    public HubMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _committedEvents = meter.CreateCounter<long>("swarms_hub.events.committed", "{event}", "Events stored and made visible.");
        _commitDuration = meter.CreateHistogram(
            "db.client.operation.duration", "s", "Duration of one transaction of the hub's writer.", tags: null, ShortTimes);
        _commitSize = meter.CreateHistogram(
            "swarms_hub.commit.size", "{event}", "Events of one transaction.", tags: null, EventCounts);
        _deliveryLag = meter.CreateHistogram(
            "swarms_hub.delivery.lag",
            "s",
            "Time from a commit until a viewer's connection took its frame. One frame of 32 is measured.",
            tags: null,
            ShortTimes);
        // Observed and not pushed: pushing a measurement costs 4 % of the CPU of a viewer's frame.
        meter.CreateObservableCounter(
            "swarms_hub.frames.delivered",
            () => Interlocked.Read(ref _deliveredFrames),
            "{frame}",
            "Frames of live events handed to viewers.");
        meter.CreateObservableCounter(
            "swarms_hub.events.delivered",
            () => Interlocked.Read(ref _deliveredEvents),
            "{event}",
            "Live events handed to viewers, counted for each viewer.");
        _caughtUpEvents = meter.CreateCounter<long>(
            "swarms_hub.events.caught_up", "{event}", "Events that viewers were given from the store.");
        _snapshots = meter.CreateCounter<long>("swarms_hub.snapshots", "{snapshot}", "Snapshots handed to viewers, by reason.");
        _resumes = meter.CreateCounter<long>("swarms_hub.resumes", "{resume}", "Viewers that resumed.");
        _stalledViewers = meter.CreateCounter<long>(
            "swarms_hub.viewers.stalled", "{viewer}", "Viewers that were ended because they did not read for Delivery:SendTimeout.");
        // Observed and not pushed: an exporter may forget a value that has not changed for long.
        meter.CreateObservableUpDownCounter(
            "swarms_hub.viewers", () => Interlocked.Read(ref _viewers), "{viewer}", "Connections that watch a room now.");
        _endedRuns = meter.CreateCounter<long>(
            "swarms_hub.runs.ended", "{run}", "Runs that ended, by ending, and by the code of their error.");
        _queueDuration = meter.CreateHistogram(
            "swarms_hub.run.queue.duration", "s", "Time that a run waited for its turn.", tags: null, LongTimes);
    }

    /// <summary>Counts nothing of each kind, so that every series is there from the start and its first increase is seen.</summary>
    public void Begin()
    {
        foreach (var counter in (Counter<long>[])[_committedEvents, _caughtUpEvents, _resumes, _stalledViewers])
            counter.Add(0);

        foreach (var ending in (string[])
            [EventTypes.Done, EventTypes.Error, EventTypes.Cancelled, EventTypes.Declined, EventTypes.Interrupted])
        {
            _endedRuns.Add(0, new TagList { { "ending", ending } });
        }

        foreach (var reason in (string[])
            [SnapshotReasons.First, SnapshotReasons.Diverged, SnapshotReasons.Behind, SnapshotReasons.Audience])
        {
            _snapshots.Add(0, new TagList { { "reason", reason } });
        }
    }

    public void Committed(int events, TimeSpan duration, string system)
    {
        _committedEvents.Add(events);
        _commitSize.Record(events);
        _commitDuration.Record(
            duration.TotalSeconds, new TagList { { "db.system.name", system }, { "db.operation.name", "commit" } });
    }

    public void Delivered(int events)
    {
        Interlocked.Increment(ref _deliveredFrames);
        Interlocked.Add(ref _deliveredEvents, events);
    }

    /// <summary>Records how long ago the events became visible that a viewer's connection has taken now.</summary>
    /// <param name="publishedAt">The timestamp of their publication; 0 if it is not known.</param>
    public void Took(long publishedAt)
    {
        if (publishedAt != 0)
            _deliveryLag.Record(_time.GetElapsedTime(publishedAt).TotalSeconds);
    }

    public void CaughtUp(int events) => _caughtUpEvents.Add(events);

    public void SnapshotSent(string reason) => _snapshots.Add(1, new TagList { { "reason", reason } });

    public void Resumed() => _resumes.Add(1);

    public void ViewerStalled() => _stalledViewers.Add(1);

    /// <summary>Counts a viewer until it is disposed.</summary>
    public IDisposable ViewerJoined()
    {
        Interlocked.Increment(ref _viewers);
        return new Counted(() => Interlocked.Decrement(ref _viewers));
    }

    /// <summary>The number of connections that watch a room now.</summary>
    public long Viewers => Interlocked.Read(ref _viewers);

    public void RunHadTurn(TimeSpan waited) => _queueDuration.Record(waited.TotalSeconds);

    /// <param name="ending">The type of the run's last event.</param>
    /// <param name="error">The code of its error; null without one.</param>
    public void RunEnded(string ending, string? error)
    {
        var tags = new TagList { { "ending", ending } };
        if (error is not null)
            tags.Add("error.type", error);

        _endedRuns.Add(1, tags);
    }

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };

    private sealed class Counted(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
