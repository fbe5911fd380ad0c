using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// A run's place in its thread, until the run is recorded. It holds the turn of those who go on from the same unfinished run, so that
/// two of them do not take the last attempt.
/// </summary>
/// <param name="Thread">The place; null for a run without a thread.</param>
/// <param name="Turn">The turn; null where nobody counts.</param>
internal sealed record ThreadPlace(RunThread? Thread, IDisposable? Turn = null) : IDisposable
{
    public static ThreadPlace None { get; } = new(Thread: null);

    public void Dispose() => Turn?.Dispose();
}
