using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// The connection to a simulated upstream. Frames become readable when they are due, all due ones together. The stream works only
/// during a read, so there is nothing to stop; disposing it ends a waiting read. Read by the loop of one run.
/// </summary>
internal sealed class SimulatorStream(IEnumerable<SimulatedFrame> frames, SimulatedEnd end, TimeProvider time) : ReadOnlyStream
{
    // Timers count in milliseconds; a shorter wait would not wait at all.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly IEnumerator<SimulatedFrame> _frames = frames.GetEnumerator();
    private readonly CancellationTokenSource _disposal = new();
    private readonly long _startedAt = time.GetTimestamp();
    private ReadOnlyMemory<byte> _rest;
    private TimeSpan _restIsDueAt;
    private bool _hasEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposal.IsCancellationRequested, this);
            var now = time.GetElapsedTime(_startedAt);
            var written = Copy(buffer, now);
            if (written > 0 || buffer.IsEmpty)
                return written;

            if (!_hasEnded)
                await WaitAsync(_restIsDueAt - now, cancellationToken);
            else if (end == SimulatedEnd.Closed)
                return 0;
            else if (end == SimulatedEnd.Reset)
                throw new IOException("The simulated connection was reset.");
            else
                await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _disposal.Cancel();

        base.Dispose(disposing);
    }

    private int Copy(Memory<byte> buffer, TimeSpan now)
    {
        var written = 0;
        while (written < buffer.Length && Advance() && _restIsDueAt <= now)
        {
            var count = Math.Min(_rest.Length, buffer.Length - written);
            _rest[..count].CopyTo(buffer[written..]);
            _rest = _rest[count..];
            written += count;
        }

        return written;
    }

    private bool Advance()
    {
        while (_rest.IsEmpty && !_hasEnded)
        {
            _hasEnded = !_frames.MoveNext();
            if (_hasEnded)
                _frames.Dispose();
            else
                (_restIsDueAt, _rest) = _frames.Current;
        }

        return !_hasEnded;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token);
        var isShort = wait > TimeSpan.Zero && wait < ShortestWait;
        await Task.Delay(isShort ? ShortestWait : wait, time, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
