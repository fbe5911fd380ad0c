using System.Diagnostics.Metrics;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>One counter of one hub, from the moment at which this is made.</summary>
internal sealed class Metric : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _value;

    public Metric(HubUnderTest hub, string name)
    {
        var meters = hub.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && instrument.Meter.Name == HubMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Add(measured));
        _listener.Start();
    }

    public long Value
    {
        get
        {
            lock (_lock)
                return _value;
        }
    }

    public async Task ReachesAsync(long value)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_value >= value)
                    return;

                changed = _changed.Task;
            }

            await changed.InTime();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(long measured)
    {
        lock (_lock)
        {
            _value += measured;
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
