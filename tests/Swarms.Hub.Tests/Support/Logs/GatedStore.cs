using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Support;

/// <summary>Wraps the real store and holds or fails the loading of rooms and the reading of history.</summary>
internal sealed class GatedStore
{
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _gate;
    private int _loads;

    /// <summary>The number of loads since <see cref="Hold"/>.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>Completes when a load or a read waits at the gate.</summary>
    public Task Reached => _reached.Task;

    public IRoomStore Wrap(IRoomStore store) => new Gated(store, this);

    public void Hold()
    {
        _loads = 0;
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release() => Open()!.SetResult();

    public void Fail(Exception exception) => Open()!.SetException(exception);

    private Task PassAsync()
    {
        if (_gate is not { } closed)
            return Task.CompletedTask;

        _reached.TrySetResult();
        return closed.Task;
    }

    private TaskCompletionSource? Open() => Interlocked.Exchange(ref _gate, null);

    private sealed class Gated(IRoomStore inner, GatedStore gate) : IRoomStore
    {
        public async Task<StoredRoom?> LoadAsync(string roomId, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref gate._loads);
            await gate.PassAsync();
            return await inner.LoadAsync(roomId, cancellationToken);
        }

        public async Task<CommittedBatch?> ReadAsync(
            long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken)
        {
            await gate.PassAsync();
            return await inner.ReadAsync(roomKey, after, through, limit, maxBytes, cancellationToken);
        }

        public async Task<EventLink?> FindLinkAsync(long roomKey, long sequence, CancellationToken cancellationToken)
        {
            await gate.PassAsync();
            return await inner.FindLinkAsync(roomKey, sequence, cancellationToken);
        }

        public Task<long> MeasureAsync(long roomKey, long through, CancellationToken cancellationToken) =>
            inner.MeasureAsync(roomKey, through, cancellationToken);

        public Task<DataKey?> FindDataKeyAsync(long roomKey, string runId, CancellationToken cancellationToken) =>
            inner.FindDataKeyAsync(roomKey, runId, cancellationToken);

        public Task<Run?> FindRunAsync(string roomId, string runId, CancellationToken cancellationToken) =>
            inner.FindRunAsync(roomId, runId, cancellationToken);

        public Task<IReadOnlyList<Run>?> ListRunsAsync(
            string roomId, RunFilter filter, int limit, CancellationToken cancellationToken) =>
            inner.ListRunsAsync(roomId, filter, limit, cancellationToken);

        public Task<int> CountMessagesAsync(long roomKey, long after, CancellationToken cancellationToken) =>
            inner.CountMessagesAsync(roomKey, after, cancellationToken);

        public Task<IReadOnlyList<RoomEvent>> ReadPeopleAsync(
            long roomKey, long after, long through, int limit, CancellationToken cancellationToken) =>
            inner.ReadPeopleAsync(roomKey, after, through, limit, cancellationToken);

        public Task<IReadOnlyList<Message>> ReadMessagesAsync(
            long roomKey, long after, long before, int limit, CancellationToken cancellationToken) =>
            inner.ReadMessagesAsync(roomKey, after, before, limit, cancellationToken);

        public Task<IReadOnlySet<long>> FindReactionsAsync(long roomKey, long after, long before, CancellationToken cancellationToken) =>
            inner.FindReactionsAsync(roomKey, after, before, cancellationToken);

        public Task<IReadOnlyList<RoomEvent>> ReadChunksAsync(
            long roomKey, string runId, long after, int limit, CancellationToken cancellationToken) =>
            inner.ReadChunksAsync(roomKey, runId, after, limit, cancellationToken);

        public Task<QueuedRun?> FindNextRunAsync(long roomKey, long after, CancellationToken cancellationToken) =>
            inner.FindNextRunAsync(roomKey, after, cancellationToken);

        public Task<(string RunId, byte[] RequestHash)?> FindRunKeyAsync(
            string memberId, string key, CancellationToken cancellationToken) =>
            inner.FindRunKeyAsync(memberId, key, cancellationToken);

        public Task<IReadOnlyList<string>> FindIdleRoomsAsync(
            DateTimeOffset since, long? retentionSeconds, int limit, CancellationToken cancellationToken) =>
            inner.FindIdleRoomsAsync(since, retentionSeconds, limit, cancellationToken);

        public Task<IReadOnlyList<long>> ListRetentionsAsync(CancellationToken cancellationToken) =>
            inner.ListRetentionsAsync(cancellationToken);

        public Task<IReadOnlyList<string>> FindRoomsWithOpenRunsAsync(CancellationToken cancellationToken) =>
            inner.FindRoomsWithOpenRunsAsync(cancellationToken);

        public Task<RoomLane?> FindLaneAsync(string laneId, CancellationToken cancellationToken) =>
            inner.FindLaneAsync(laneId, cancellationToken);

        public Task<IReadOnlyList<string>> FindUnfinishedLanesAsync(CancellationToken cancellationToken) =>
            inner.FindUnfinishedLanesAsync(cancellationToken);
    }
}
