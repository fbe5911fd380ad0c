using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage;

namespace Swarms.Hub.Support;

/// <summary>Wraps a store's writer like a network: a transaction is stored, and its answer is lost when the test says so.</summary>
internal sealed class LosingWriter(ILogWriter inner) : ILogWriter
{
    private int _left;

    public Task Opened => inner.Opened;

    public string DatabaseSystem => inner.DatabaseSystem;

    public long Transactions => inner.Transactions;

    public bool MayHaveRemains => inner.MayHaveRemains;

    public bool IsSearchBehind => inner.IsSearchBehind;

    /// <summary>Loses the answers of the next transactions that hold commits.</summary>
    public void Lose(int answers) => Volatile.Write(ref _left, answers);

    /// <summary>Called when an answer is lost.</summary>
    public Action<IReadOnlyList<PendingCommit>>? OnLost { get; set; }

    public async ValueTask<StoredCommits> StoreAsync(IReadOnlyList<PendingCommit> commits)
    {
        var stored = await inner.StoreAsync(commits);
        if (commits.Count == 0 || Volatile.Read(ref _left) == 0)
            return stored;

        Interlocked.Decrement(ref _left);
        OnLost?.Invoke(commits);
        throw new StorageFailedException(new TimeoutException("The answer was lost."), isInDoubt: true);
    }

    public ValueTask RemoveRemainsAsync() => inner.RemoveRemainsAsync();

    public ValueTask FillSearchAsync() => inner.FillSearchAsync();

    public ValueTask CloseAsync() => inner.CloseAsync();
}
