using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// A database file that is moved, deleted, replaced or overwritten under a running hub counts as a failing storage, also while nobody
/// writes. The hub writes nothing into a replacement.
/// </summary>
public sealed class LostFileTests : IAsyncLifetime
{
    private readonly HubProcess _hub = new();
    private RoomAdmission _room = null!;
    private Caller _caller = null!;
    private string _other = null!;

    public async ValueTask InitializeAsync()
    {
        // The replacement is another hub's database.
        await using (var other = HubUnderTest.Start())
        {
            await other.CreateRoomAsync("Another");
            await other.StopAsync();
            _other = Path.Combine(Path.GetTempPath(), $"swarms-hub-other-{Guid.NewGuid():n}.db");
            File.Copy(other.DatabasePath, _other);
        }

        await _hub.StartAsync();
        _room = await _hub.CreateRoomAsync();
        _caller = new Caller(_hub.Address, _room.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        File.Delete(_other);
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("deleted")]
    [InlineData("replaced")]
    [InlineData("overwritten")]
    [InlineData("overwritten with its own past")]
    [InlineData("emptied")]
    public async Task File_That_Is_Not_The_Hubs_Own_Any_More_Is_A_Failing_Storage_Though_Nobody_Writes(string what)
    {
        await FoldedAsync();
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, _room);
        var past = _hub.DatabasePath + ".past";
        File.Copy(_hub.DatabasePath, past);
        Execute(past, "UPDATE settings SET Value = 'another' WHERE Name = 'life'");

        Harm(what, past);

        await ReadyIsAsync(503);
        await viewer.WaitAsync(() => viewer.Frames[^1] is { Kind: FrameKinds.Storage, IsAvailable: false });
        (await SayAsync("lost")).IsProblem(503, ErrorCodes.StorageUnavailable);
        Assert.DoesNotContain(viewer.Events, e => e.Type == EventTypes.Message);
        if (what is "replaced" or "overwritten")
        {
            await _hub.KillAsync();
            Assert.Equal(0, Scalar(_hub.DatabasePath, "SELECT count(*) FROM events WHERE Data LIKE '%lost%'"));
            Assert.Equal(1, Scalar(_hub.DatabasePath, "SELECT count(*) FROM rooms WHERE Name = 'Another'"));
        }
    }

    [Fact]
    public async Task File_That_Comes_Back_Is_Written_Again_And_Everybody_Goes_On()
    {
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, _room);
        var run = await _hub.StartRunAsync(_room, new { chunks = 300, chunksPerSecond = 100 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        var away = _hub.DatabasePath + ".away";

        File.Move(_hub.DatabasePath, away);
        await ReadyIsAsync(503);
        File.Move(away, _hub.DatabasePath);

        await ReadyIsAsync(200);
        Assert.Equal(EventTypes.Done, (await viewer.EndOfAsync(run.Id)).State);
        Assert.Equal(201, (await SayAsync("again")).Status);
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Message);
        Assert.Single(viewer.Frames, frame => frame.Kind == FrameKinds.Snapshot);
        Assert.Equal((await _hub.ReadEventsAsync(_room)).Count, viewer.Events[^1].Sequence);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_Ahead_Log_That_Was_Deleted_Loses_Nothing(bool isIdle)
    {
        Assert.Equal(201, (await SayAsync("before")).Status);
        if (isIdle)
            await FoldedAsync();

        File.Delete(_hub.DatabasePath + "-wal");
        var saying = SayAsync("after");

        await ReadyIsAsync(200);
        // A message that waited longer than people do was refused, and then it is not stored.
        var said = (await saying).Status;
        Assert.Equal(201, said == 503 ? (await SayAsync("after")).Status : said);

        await FoldedAsync();
        await _hub.KillAsync();
        Assert.Equal("ok", Text(_hub.DatabasePath, "PRAGMA integrity_check"));
        Assert.Equal(2, Scalar(_hub.DatabasePath, "SELECT count(*) FROM events WHERE Type = 'message'"));
    }

    [Fact]
    public async Task Idle_Hub_Is_Whole_In_Its_One_File()
    {
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, _room);
        var run = await _hub.StartRunAsync(_room, new { chunks = 100, chunksPerSecond = 0 });
        await viewer.EndOfAsync(run.Id);
        var log = await _hub.ReadEventsAsync(_room);
        await FoldedAsync();

        var copy = _hub.DatabasePath + ".copy";
        File.Copy(_hub.DatabasePath, copy);

        Assert.Equal(log.Count, Scalar(copy, "SELECT count(*) FROM events"));
        Assert.Equal("ok", Text(copy, "PRAGMA integrity_check"));
    }

    private void Harm(string what, string past)
    {
        switch (what)
        {
            case "moved":
                File.Move(_hub.DatabasePath, _hub.DatabasePath + ".away");
                break;
            case "deleted":
                File.Delete(_hub.DatabasePath);
                break;
            case "replaced":
                File.Move(_other, _hub.DatabasePath, overwrite: true);
                break;
            default:
                // The file is overwritten in place, as cp does: it keeps its identity and gets other content.
                using (var file = new FileStream(_hub.DatabasePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(0);
                    file.Write(what switch { "overwritten" => File.ReadAllBytes(_other), "emptied" => [], _ => File.ReadAllBytes(past) });
                }

                break;
        }
    }

    private Task<Answer> SayAsync(string text) => _caller.PostAsync($"/api/rooms/{_room.Room.Id}/messages", new { text });

    private Task ReadyIsAsync(int status) => UntilAsync(async () => (await _caller.GetAsync("/readyz")).Status == status);

    private Task FoldedAsync() =>
        UntilAsync(() => Task.FromResult(new FileInfo(_hub.DatabasePath + "-wal") is { Exists: true, Length: 0 }));

    private static Task UntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(condition);

    private static long Scalar(string path, string sql) => (long)Ask(path, sql);

    private static string Text(string path, string sql) => (string)Ask(path, sql);

    private static object Ask(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
#pragma warning disable CA2100 // The SQL is the test's own.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        return command.ExecuteScalar()!;
    }

    private static void Execute(string path, string sql) => Ask(path, $"{sql}; SELECT 1");
}
