using System.Diagnostics.Metrics;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>One counter of one hub, counted from the creation of this object.</summary>
internal sealed class Metric : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _observedBefore;
    private long _value;
    private long _observed;

    public Metric(HubUnderTest hub, string name)
    {
        var meters = hub.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && instrument.Meter.Name == HubMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, measured, _, _) => Add(measured, instrument.IsObservable));
        _listener.Start();
        _listener.RecordObservableInstruments();
        _observedBefore = _observed;
    }

    public long Value
    {
        get
        {
            _listener.RecordObservableInstruments();
            lock (_lock)
                return _value + _observed - _observedBefore;
        }
    }

    /// <summary>Waits for a value of a counter that the hub pushes.</summary>
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

    private void Add(long measured, bool isObserved)
    {
        lock (_lock)
        {
            if (isObserved)
                _observed = measured;
            else
                _value += measured;

            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
