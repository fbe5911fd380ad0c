using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <content>The loop that hands what is due to the room.</content>
internal sealed partial class HeldOutput
{
    // A timer may come a moment before the time that it waits for.
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns when the ending's turn has come. Ends with the run's stop.</summary>
    private async Task ReleaseAsync()
    {
        var token = _over.Token;
        while (true)
        {
            await _signal.Reader.ReadAsync(token);
            await _turn.WaitAsync(token);
            try
            {
                if (await ReleaseDueAsync(token))
                    return;

                if (FindWait() is { } wait)
                    _timer.Change(wait > MinWait ? wait : MinWait, Timeout.InfiniteTimeSpan);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <summary>Releases everything that is due; returns whether that was all, with the ending.</summary>
    private async Task<bool> ReleaseDueAsync(CancellationToken cancellationToken)
    {
        while (_held.Next is { } item && FindDue(item) is { } to)
        {
            // Hosts see it first.
            await item.Committed.WaitAsync(cancellationToken);
            foreach (var piece in _held.Cut(item, to))
                await _room.AppendAsync(piece, raw: null);

            _held.Advance(item, to);
            if (item.Ending is not null)
                return true;
        }

        return false;
    }

    /// <summary>Returns the place up to which the event is due; null if it must wait.</summary>
    private int? FindDue(HeldItem item)
    {
        var isDue = item.IsFreed
            || (_lane.Hold.Seconds is { } seconds && _time.GetElapsedTime(item.ReceivedAt) >= TimeSpan.FromSeconds(seconds))
            || (_lane.Rules.WithoutHost == HostAbsences.Release && FindAbsence() >= _hostAbsence);
        if (isDue)
            return item.End;

        if (item.End > item.Start)
            return _releasedTo > Math.Max(item.Start, _held.Released) ? Math.Min(_releasedTo, item.End) : null;

        return item.Start < _releasedTo || (_hasReleased && item.IsClosing && item.Start <= _releasedTo) ? item.End : null;
    }

    /// <summary>Returns the time until something may be due; null if only a call changes that. Stops a run that no host watches.</summary>
    private TimeSpan? FindWait()
    {
        if (_held.Next is not { } item)
            return null;

        TimeSpan? wait = _lane.Hold.Seconds is { } seconds
            ? TimeSpan.FromSeconds(seconds) - _time.GetElapsedTime(item.ReceivedAt)
            : null;
        if (FindAbsence() is not { } absence)
            return wait;

        if (absence < _hostAbsence)
            return wait is { } due && due < _hostAbsence - absence ? due : _hostAbsence - absence;

        if (_lane.Rules.WithoutHost != HostAbsences.Release)
            _run.Stop(new RunStop(EventTypes.Cancelled, RunReasons.NoHost, null));

        return wait;
    }

    /// <summary>Returns for how long no host has been here while something was held; null if one is here.</summary>
    private TimeSpan? FindAbsence()
    {
        if (_hosts.AbsentSince is not { } since)
            return null;

        // In the mode in which everything is released at once, nothing is held for long: then the absence itself counts.
        var isReleasing = _lane.Rules.WithoutHost == HostAbsences.Release;
        return _time.GetElapsedTime(isReleasing ? since : Math.Max(since, _heldSince));
    }
}
