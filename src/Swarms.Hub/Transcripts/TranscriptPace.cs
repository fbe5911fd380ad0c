using System.Diagnostics;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Makes transcripts rest as long as they work, all of them together, so that they leave the processor to live delivery: half of one core
/// is enough to write a room of 100 MB in some seconds. Safe from any thread.
/// </summary>
internal sealed class TranscriptPace
{
    // A client that reads slowly rests its transcript already.
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(1);

    private int _underWay;

    /// <summary>Begins a reading, which is over when the result is disposed.</summary>
    public Reading Begin()
    {
        Interlocked.Increment(ref _underWay);
        return new Reading(this);
    }

    /// <summary>One reading; used by one loop.</summary>
    internal sealed class Reading(TranscriptPace pace) : IDisposable
    {
        private long _since = Stopwatch.GetTimestamp();

        /// <summary>Rests for the work since the last rest. It is the processor's time, which no test's clock moves.</summary>
        public async Task RestAsync(CancellationToken cancellationToken)
        {
            var rest = Stopwatch.GetElapsedTime(_since) * Volatile.Read(ref pace._underWay);
            if (rest > TimeSpan.FromMilliseconds(1))
                await Task.Delay(rest < MaxRest ? rest : MaxRest, cancellationToken);

            _since = Stopwatch.GetTimestamp();
        }

        public void Dispose() => Interlocked.Decrement(ref pace._underWay);
    }
}
