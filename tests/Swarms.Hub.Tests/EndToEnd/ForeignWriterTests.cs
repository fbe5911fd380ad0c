using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// Another program writes into one room of a running hub's database. Only that room is reloaded: its viewers get a snapshot, its waiting
/// commits are refused with a clear code, and the other rooms go on.
/// </summary>
public sealed class ForeignWriterTests : IAsyncLifetime
{
    private readonly HubUnderTest _hub = HubUnderTest.Start();
    private MemberCaller _host = null!;
    private MemberCaller _other = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub.Expect(LogLevel.Error);
        _host = await _hub.CreateRoomAsync();
        _other = await _hub.CreateRoomAsync("Other");
        await SayAsync(_host, "first");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(
        "INSERT INTO events (RoomKey, Sequence, At, Type, Data) SELECT RoomKey, max(Sequence) + 1, 0, 'message', "
        + "'{\"text\":\"foreign\"}' FROM events WHERE RoomKey = $room")]
    [InlineData(
        "INSERT INTO events (RoomKey, Sequence, At, Type, Data, Link, Key) SELECT RoomKey, max(Sequence) + 1, 0, 'message', "
        + "'{\"text\":\"foreign\"}', randomblob(16), randomblob(32) FROM events WHERE RoomKey = $room")]
    [InlineData("DELETE FROM events WHERE RoomKey = $room AND Sequence = (SELECT max(Sequence) FROM events WHERE RoomKey = $room)")]
    [InlineData(
        "UPDATE events SET Link = randomblob(16), Data = '{\"text\":\"foreign\"}' WHERE RoomKey = $room AND Sequence = (SELECT "
        + "max(Sequence) FROM events WHERE RoomKey = $room)")]
    public async Task Room_That_Another_Program_Wrote_Is_Loaded_Anew_And_The_Others_Go_On(string sql)
    {
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, _host.Admission);
        await using var feed = await FeedReader.OpenAsync(_host);
        await using var elsewhere = await TestViewer.JoinAsync(_hub.Address, _other.Admission);
        await feed.UntilAsync("snapshot");

        Execute(sql);
        var refused = await PostAsync(_host, "for the history that was");

        Assert.True(refused.IsProblem(503, ErrorCodes.StorageUnavailable).Headers.ContainsKey("Retry-After"));
        Leaks.Refuse(refused.Text);
        await viewer.WaitAsync(() => viewer.Frames.Count(frame => frame.Kind == FrameKinds.Snapshot) == 2);
        var snapshot = viewer.Frames.Last(frame => frame.Kind == FrameKinds.Snapshot);
        Assert.Equal(
            (SnapshotReasons.Diverged, Messages()),
            (snapshot.Reason, string.Join(' ', snapshot.Messages!.Select(message => message.Text))));
        Assert.Equal("diverged", (await feed.UntilAsync("snapshot")).GetProperty("reason").GetString());

        await SayAsync(_other, "undisturbed");
        await SayAsync(_host, "second");
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Message && e.Data.GetProperty("text").GetString() == "second");
        await elsewhere.WaitForEventAsync(e => e.Type == EventTypes.Message);
        Assert.Single(elsewhere.Frames, frame => frame.Kind == FrameKinds.Snapshot);
        Assert.Equal(200, (await _hub.Anybody().GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task Run_Whose_Room_Is_Loaded_Anew_Is_Interrupted_Once_And_Its_Upstream_Let_Go()
    {
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, _host.Admission);
        var run = await _host.StartRunAsync(new { chunks = 100_000, chunksPerSecond = 100 });
        await viewer.WaitForEventAsync(e => e.Run == run && e.Type == EventTypes.Chunk);

        Execute(
            "INSERT INTO events (RoomKey, Sequence, At, Type, Data) SELECT RoomKey, max(Sequence) + 1, 0, 'message', "
            + "'{\"text\":\"foreign\"}' FROM events WHERE RoomKey = $room");

        var ended = await viewer.EndOfAsync(run);
        Assert.Equal((EventTypes.Interrupted, "storage_changed"), (ended.State, ended.Reason));
        var events = await _host.EventsAsync();
        Assert.Equal(EventTypes.Interrupted, Assert.Single(events, e => e.Run == run && EventTypes.IsEnding(e.Type)).Type);
        // The run's text is what the log has of it.
        Assert.Equal(
            string.Concat(
                events.Where(e => e.Run == run && e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString())),
            ended.Text);
        var next = await _host.StartRunAsync(new { chunks = 3, chunksPerSecond = 0 });
        Assert.Equal(EventTypes.Done, (await viewer.EndOfAsync(next)).State);
    }

    [Fact]
    public async Task Caller_At_The_Swarms_Door_Is_Told_Why_Its_Answer_Ends()
    {
        using var answer = await _host.OpenAsync(HttpMethod.Post, "/v1/agent/completions", new StringContent(
            """{"task":"x","agent_config":{"streaming_on":true},"simulation":{"chunks":100000,"chunksPerSecond":100}}"""));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(CancellationToken));
        Assert.NotNull(await reader.ReadLineAsync(CancellationToken));

        Execute("DELETE FROM events WHERE RoomKey = $room AND Sequence = (SELECT max(Sequence) FROM events WHERE RoomKey = $room)");

        var rest = await reader.ReadToEndAsync(CancellationToken).InTime();
        Assert.Contains("event: error", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("internal", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_Who_Is_Not_In_The_Room_That_Is_Loaded_Watches_It_No_More()
    {
        var bob = await _host.InviteAsync(MemberRoles.Viewer);
        await using var watching = await FeedReader.OpenAsync(bob);
        await watching.UntilAsync("snapshot");

        Execute(
            $"UPDATE members SET HasLeft = 1 WHERE Id = '{bob.Member}'; INSERT INTO events (RoomKey, Sequence, At, Type, "
            + "Data) SELECT RoomKey, max(Sequence) + 1, 0, 'message', '{\"text\":\"foreign\"}' FROM events WHERE RoomKey = $room");
        (await PostAsync(_host, "found")).IsProblem(503, ErrorCodes.StorageUnavailable);

        Assert.Equal(ErrorCodes.Unauthenticated, await watching.ClosedAsync());
    }

    [Fact]
    public async Task Room_That_Another_Program_Deleted_Is_Gone()
    {
        await using var watching = await FeedReader.OpenAsync(_host);
        await watching.UntilAsync("snapshot");

        Execute("UPDATE rooms SET DeletedAt = 1 WHERE Key = $room");
        (await PostAsync(_host, "found")).IsProblem(503, ErrorCodes.StorageUnavailable);

        Assert.Equal(ErrorCodes.NotFound, await watching.ClosedAsync());
        (await PostAsync(_host, "again")).IsProblem(404, ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Room_Number_That_Another_Program_Took_Hinders_No_New_Room()
    {
        Execute(
            "INSERT INTO rooms (Key, Id, Name, CreatedAt, HasRemains, OriginSequence, OriginLink) SELECT max(Key) + 1, 'foreign', "
            + "'Foreign', 0, 0, 0, randomblob(16) FROM rooms");

        await SayAsync(await _hub.CreateRoomAsync("New"), "here");
    }

    [Fact]
    public async Task Viewer_Whose_History_Was_Taken_From_The_Store_Is_Given_A_Snapshot()
    {
        await _host.FinishRunAsync(new { chunks = 50, chunksPerSecond = 0 });
        var start = (await _host.GetAsync($"{_host.Path}/events?after=2&limit=1")).Json.GetProperty("cursor").GetString()!;
        Execute("DELETE FROM events WHERE RoomKey = $room AND Sequence = 10");
        // A room in memory needs no store.
        using (var lease = await _hub.Get<RoomRegistry>().OpenAsync(_host.Room, CancellationToken))
            lease.Log.Restart((await _hub.Get<IRoomStore>().LoadAsync(_host.Room, CancellationToken))!);

        await using var viewer = await TestViewer.JoinAsync(_hub.Address, _host.Admission, start);
        await viewer.WaitAsync(() => viewer.Frames.Any(frame => frame.Kind == FrameKinds.Snapshot));

        Assert.Equal(SnapshotReasons.Diverged, viewer.Frames.Single(frame => frame.Kind == FrameKinds.Snapshot).Reason);
    }

    private string Messages()
    {
        using var connection = Open();
        using var command = new SqliteCommand(
            "SELECT group_concat(json_extract(Data, '$.text'), ' ') FROM events WHERE Type = 'message' AND RoomKey = (SELECT Key "
            + "FROM rooms WHERE Id = $id)",
            connection);
        command.Parameters.AddWithValue("$id", _host.Room);
        return command.ExecuteScalar() as string ?? "";
    }

    private void Execute(string sql)
    {
        using var connection = Open();
#pragma warning disable CA2100 // The SQL is the test's own.
        using var command = new SqliteCommand(
            sql.Replace("$room", "(SELECT Key FROM rooms WHERE Id = $id)", StringComparison.Ordinal), connection);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", _host.Room);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_hub.DatabasePath};Pooling=false");
        connection.Open();
        return connection;
    }

    private static Task<Answer> PostAsync(MemberCaller member, string text) => member.PostAsync($"{member.Path}/messages", new { text });

    private static async Task SayAsync(MemberCaller member, string text) => Assert.Equal(201, (await PostAsync(member, text)).Status);
}
