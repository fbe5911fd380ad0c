using Microsoft.Data.Sqlite;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// A failed sync leaves a complete commit in the write-ahead log that was not reported as stored. It also leaves earlier commits in doubt
/// that relied on that sync.
/// </summary>
public sealed class FailedSyncTests : IAsyncLifetime
{
    private const int Chunks = 20;

    private readonly FaultyDisk _disk = new();
    private LogUnderTest _hub = null!;
    private RoomLease _room = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await LogUnderTest.StartAsync(("Storage:Path", _disk.DatabasePath));
        _room = await _hub.CreateRoomAsync();
        for (var i = 0; i < Chunks; i++)
            await (await AppendAsync($"{i}", Durability.Process)).Committed.InTime();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _disk.Dispose();
    }

    [Fact]
    public async Task Commit_That_Was_Given_Up_After_Its_Sync_Failed_Does_Not_Come_Back_After_A_Crash()
    {
        var before = _room.Log.Head;
        using (_disk.Fail(DiskFaults.Sync))
        {
            var commit = await AppendAsync("never", Durability.Power);
            await FailingAsync();
            while (!_hub.Queue.TryWithdraw(commit))
                await commit.Committed.ContinueWith(_ => { }, TaskScheduler.Default).InTime();

            await _hub.CrashAsync();
        }

        using var again = await _hub.Rooms.OpenAsync(_room.Log.Id, TestContext.Current.CancellationToken);
        Assert.Equal(before, again.Log.Head);
    }

    [Theory]
    [InlineData(DiskFaults.Sync)]
    [InlineData(DiskFaults.Sync | DiskFaults.Write)]
    [InlineData(DiskFaults.Sync | DiskFaults.Write | DiskFaults.Read)]
    public async Task Commit_Whose_Sync_Failed_Is_Stored_Once_Also_Where_The_Writer_Was_Alone_With_The_File(int faults)
    {
        var before = _room.Log.Head;
        PendingCommit commit;
        // When its last connection closes, SQLite forgets where the good part of the log ends.
        SqliteConnection.ClearAllPools();
        using (_disk.Fail(DiskFaults.Sync))
        {
            commit = await AppendAsync("once", Durability.Power);
            await FailingAsync();
            using var more = _disk.Fail((DiskFaults)faults);
            await FailedTimesAsync(3);
        }

        Assert.Equal(before + 1, await commit.Committed.InTime());
        // Stored commits are reported before the storage counts as recovered.
        await UntilAsync(() => _hub.Queue.FailingSince is null);
        Assert.Equal(before + 2, await _room.Log.AppendNowAsync([LogUnderTest.Chunk("next")], TestContext.Current.CancellationToken));
        Assert.Equal(
            before + 2, (await _room.Log.ReadStoreAsync(0, before + 2, 1000, TestContext.Current.CancellationToken))!.Events.Count);
    }

    [Fact]
    public async Task What_Earlier_Commits_Left_To_A_Sync_That_Failed_Is_Folded_Before_Anything_Is_Called_Stored_Again()
    {
        var before = _room.Log.Head;
        PendingCommit commit;
        using (_disk.Fail(DiskFaults.Sync))
        {
            commit = await AppendAsync("later", Durability.Power);
            await FailingAsync();
        }

        await commit.Committed.InTime();

        // The kernel may have dropped the pages that it could not write to the log, and reports that only once.
        var withoutLog = _disk.DatabasePath + ".copy";
        File.Copy(_disk.DatabasePath, withoutLog);
        using var connection = new SqliteConnection($"Data Source={withoutLog};Pooling=false");
        connection.Open();
        using var command = new SqliteCommand("SELECT max(Sequence) FROM events", connection);
        Assert.Equal(before, command.ExecuteScalar());
    }

    private async Task<PendingCommit> AppendAsync(string text, Durability durability) =>
        await _room.Log.AppendAsync([LogUnderTest.Chunk(text)], durability, TestContext.Current.CancellationToken).InTime();

    private Task FailingAsync() => UntilAsync(() => _hub.Queue.FailingSince is not null);

    private Task FailedTimesAsync(int times)
    {
        var until = _disk.Failures + times;
        return UntilAsync(() => _disk.Failures >= until);
    }

    private static Task UntilAsync(Func<bool> condition) => Until.TrueAsync(condition);
}
