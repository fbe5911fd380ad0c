using System.Globalization;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage.Sqlite;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

/// <summary>A database with two rooms of eight events each: people's events and one run. Tests change copies of it.</summary>
public sealed class VerifiedRooms : IAsyncLifetime
{
    internal const int Events = 8;

    private LogUnderTest _hub = null!;
    private string _original = null!;
    private int _copies;

    internal RoomLog Room { get; private set; } = null!;

    internal RoomLog Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await LogUnderTest.StartAsync();
        Room = await CreateRoomAsync();
        Other = await CreateRoomAsync();
        _original = await _hub.Fixture.CopyAsync();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    internal TamperedCopy Copy()
    {
        var copy = $"{_original}.{Interlocked.Increment(ref _copies)}";
        File.Copy(_original, copy);
        return new TamperedCopy(copy, Room.Key);
    }

    private async Task<RoomLog> CreateRoomAsync()
    {
        using var room = await _hub.CreateRoomAsync();
        var (log, id) = (room.Log, $"run-{room.Log.Key}");
        await AppendAsync(log, [LogUnderTest.Event(EventTypes.Message, new { text = "hello" }, by: "ann")]);
        var run = new Run
        {
            Id = id,
            Kind = "agent",
            Agent = new RunAgent("Writer", null),
            Task = "Test",
            State = RunStates.Running,
            By = "ann",
            QueuedAt = DateTimeOffset.UnixEpoch,
        };
        var queued = new { kind = "agent", agent = new { name = "Writer" }, task = "Test", position = 0 };
        await AppendAsync(
            log,
            [LogUnderTest.Event(EventTypes.RunQueued, queued, id, "ann")],
            new RunChange.Save(run, LogUnderTest.RunKey));
        await AppendAsync(log, [LogUnderTest.Event(EventTypes.RunStarted, new { }, id), LogUnderTest.Chunk("Once ", id)]);
        await AppendAsync(log, [LogUnderTest.Event(EventTypes.Message, new { text = "hello" }, by: "bob")]);
        await AppendAsync(log, [LogUnderTest.Chunk("upon", id), LogUnderTest.Event(EventTypes.Done, new { bytes = 9 }, id)]);
        Assert.Equal(Events, log.Head);
        return log;
    }

    private static Task<long> AppendAsync(RoomLog log, PendingEvent[] events, params RoomChange[] changes) =>
        log.AppendNowAsync(events, TestContext.Current.CancellationToken, changes);

    /// <summary>A copy in which the rows of the first room are changed as by another program.</summary>
    internal sealed class TamperedCopy(string path, long room)
    {
        /// <summary>
        /// Executes SQL. <c>$room</c> and <c>$run</c> mean the first room and its run. <c>$event</c> stands before a comparison with a
        /// sequence.
        /// </summary>
        public void Execute(string sql)
        {
            using var connection = Open();
            SqliteDatabase.Execute(connection, sql
                .Replace("$event", "RoomKey = $room AND Sequence", StringComparison.Ordinal)
                .Replace("$run", $"'run-{room}'", StringComparison.Ordinal)
                .Replace("$room", room.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        public VerifiedLog Verify(RoomCursor? cursor = null)
        {
            using var connection = DatabaseFile.Open(path);
            return LogVerifier.Verify(connection, cursor);
        }

        private SqliteConnection Open()
        {
            var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            return connection;
        }
    }
}
