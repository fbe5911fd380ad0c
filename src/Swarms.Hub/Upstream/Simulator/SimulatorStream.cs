using Swarms.Hub.Streams;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// The connection to a simulated upstream: frames become readable when they are due, all that are due at once. It works only
/// while it is read, so there is nothing to stop; disposing it ends a read that waits. Read by one loop.
/// </summary>
internal sealed class SimulatorStream(IEnumerable<SimulatedFrame> frames, SimulatedEnd end, TimeProvider time) : ReadOnlyStream
{
    // Timers count in milliseconds; less would be a wait of none.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly IEnumerator<SimulatedFrame> frames = frames.GetEnumerator();
    private readonly CancellationTokenSource disposal = new();
    private readonly long startedAt = time.GetTimestamp();
    private ReadOnlyMemory<byte> rest;
    private TimeSpan restIsDueAt;
    private bool hasEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(disposal.IsCancellationRequested, this);
            var now = time.GetElapsedTime(startedAt);
            var written = Copy(buffer, now);
            if (written > 0 || buffer.IsEmpty) return written;

            if (!hasEnded) await WaitAsync(restIsDueAt - now, cancellationToken);
            else if (end == SimulatedEnd.Closed) return 0;
            else if (end == SimulatedEnd.Reset) throw new IOException("The simulated connection was reset.");
            else await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) disposal.Cancel();
        base.Dispose(disposing);
    }

    private int Copy(Memory<byte> buffer, TimeSpan now)
    {
        var written = 0;
        while (written < buffer.Length && Advance() && restIsDueAt <= now)
        {
            var count = Math.Min(rest.Length, buffer.Length - written);
            rest[..count].CopyTo(buffer[written..]);
            rest = rest[count..];
            written += count;
        }

        return written;
    }

    private bool Advance()
    {
        while (rest.IsEmpty && !hasEnded)
        {
            hasEnded = !frames.MoveNext();
            if (hasEnded) frames.Dispose();
            else (restIsDueAt, rest) = frames.Current;
        }

        return !hasEnded;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposal.Token);
        var isShort = wait > TimeSpan.Zero && wait < ShortestWait;
        await Task.Delay(isShort ? ShortestWait : wait, time, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
