using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientMessagesTests : RoomClientTestBase
{
    private const string Reactions = "POST /api/rooms/room1/reactions";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reaction_Says_How_Far_The_Program_Was_Handed_The_Room_And_Not_What_Waits_For_It()
    {
        Take();
        Options.MaxBufferedEvents = 10;
        var room = OpenRoom();
        await using var updates = room.WatchAsync(CancellationToken).GetAsyncEnumerator(CancellationToken);
        await TakeUntilAsync<ConnectionStateUpdate>();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 3));
        await TakeUntilAsync<EventsUpdate>();
        viewer.Send(Saying(4, 20));

        // So much waits now that the stream is let go.
        await viewer.Ended;
        Assert.Single(room.State!.Messages);
        await room.ReactAsync(3, "❤", CancellationToken);
        await TakeUntilAsync<EventsUpdate>();
        await room.ReactAsync(3, "✔", CancellationToken);

        Assert.Equal(["""{"target":3,"emoji":"❤","cursor":"h1:3"}""", """{"target":3,"emoji":"✔","cursor":"h1:20"}"""], Bodies());
        Assert.Equal((Reactions, "Bearer token1"), (Hub.Calls.First().Call, Hub.Calls.First().Authorization));

        async Task TakeUntilAsync<T>()
        {
            do
                await updates.MoveNextAsync().InTime();
            while (updates.Current is not T);
        }
    }

    [Fact]
    public async Task Calls_About_A_Target_Say_In_Which_History_It_Was_Seen()
    {
        var watch = await WatchAsync(Snapshot(4));
        var passage = new Passage("r1", 2, 0, 3, 1);
        (string Call, string Answer, Func<Task> Invoke, string Body)[] calls =
        [
            ("POST /api/rooms/room1/messages", """{"sequence":9}""",
                () => watch.Room.SayAsync(new SayRequest { Text = "a", ReplyTo = 2, Quote = passage }, CancellationToken),
                """{"text":"a","replyTo":2,"quote":{"run":"r1","from":2,"fromOffset":0,"to":3,"toOffset":1},"cursor":"h1:4"}"""),
            ("PATCH /api/rooms/room1/messages/2", "", () => watch.Room.EditMessageAsync(2, "b", CancellationToken),
                """{"text":"b","cursor":"h1:4"}"""),
            ("POST /api/rooms/room1/reactions", "", () => watch.Room.ReactAsync(passage, "❤", CancellationToken),
                """{"target":2,"emoji":"❤","passage":{"run":"r1","from":2,"fromOffset":0,"to":3,"toOffset":1},"cursor":"h1:4"}"""),
            ("POST /api/rooms/room1/reactions/take-back", "", () => watch.Room.UnreactAsync(2, "❤", CancellationToken),
                """{"target":2,"emoji":"❤","cursor":"h1:4"}"""),
        ];
        foreach (var (call, answer, invoke, _) in calls)
        {
            Hub.Answer(call, answer.Length == 0 ? "" : JsonElement.Parse(answer));
            await invoke();
        }

        Hub.Answer("DELETE /api/rooms/room1/messages/2", "");
        await watch.Room.RemoveMessageAsync(2, CancellationToken);

        Assert.Equal(calls.Select(call => call.Body), Bodies().Take(calls.Length));
    }

    [Fact]
    public async Task Reaction_Names_No_Cursor_Where_Nothing_Was_Watched()
    {
        Take();

        await OpenRoom().ReactAsync(3, "❤", CancellationToken);

        Assert.Equal(["""{"target":3,"emoji":"❤"}"""], Bodies());
        Assert.Equal(0, Hub.Connections);
    }

    [Fact]
    public async Task Reaction_Names_No_Cursor_That_Is_From_Before_Its_Event_Which_Proves_Nothing_Of_It()
    {
        Take();
        var watch = await WatchAsync(Snapshot(2));

        await watch.Room.ReactAsync(2, "❤", CancellationToken);
        await watch.Room.ReactAsync(3, "❤", CancellationToken);

        Assert.Equal(["""{"target":2,"emoji":"❤","cursor":"h1:2"}""", """{"target":3,"emoji":"❤"}"""], Bodies());
    }

    [Fact]
    public async Task Reaction_Still_Says_It_When_Nobody_Watches_Any_More()
    {
        Take();
        var room = OpenRoom();
        var watching = LeaveAtSnapshotAsync();
        (await Hub.NextViewerAsync()).Send(Snapshot(2));
        await watching.InTime();

        await room.ReactAsync(1, "❤", CancellationToken);

        Assert.Equal(["""{"target":1,"emoji":"❤","cursor":"h1:2"}"""], Bodies());

        async Task LeaveAtSnapshotAsync()
        {
            await foreach (var update in room.WatchAsync(CancellationToken))
            {
                if (update is SnapshotUpdate)
                    break;
            }
        }
    }

    [Fact]
    public async Task Reaction_Names_The_Cursor_Of_Another_History_From_Its_Snapshot_On()
    {
        Take();
        var watch = await WatchAsync(Snapshot(3), Snapshot(2, SnapshotReasons.Diverged, "h2"));
        await watch.NextAsync<SnapshotUpdate>(update => update.Reason == SnapshotReasons.Diverged);

        await watch.Room.ReactAsync(1, "❤", CancellationToken);

        Assert.Equal(["""{"target":1,"emoji":"❤","cursor":"h2:2"}"""], Bodies());
    }

    [Fact]
    public async Task Reaction_That_May_Not_Have_Arrived_Is_Repeated_As_It_Was()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);
        Hub.Answer(Reactions, async context =>
        {
            Take();
            viewer.Send(Saying(3, 3));
            await watch.UntilAsync(3);
            context.Abort();
        });

        await watch.Room.ReactAsync(1, "❤", CancellationToken);

        Assert.Equal(["""{"target":1,"emoji":"❤","cursor":"h1:2"}""", """{"target":1,"emoji":"❤","cursor":"h1:2"}"""], Bodies());
    }

    [Fact]
    public async Task Reaction_In_Another_History_Fails_With_The_Hubs_Code_And_Sentence()
    {
        Hub.Refuse(Reactions, 409, ErrorCodes.Conflict, "Another history.");

        var error = await Assert.ThrowsAsync<HubClientException>(() => OpenRoom().ReactAsync(1, "❤", CancellationToken));

        Assert.Equal((ErrorCodes.Conflict, "Another history."), (error.Code, error.Message));
        Assert.Single(Hub.Calls);
    }

    private void Take() => Hub.Answer(Reactions, context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    });

    private IEnumerable<string> Bodies() => Hub.Calls.Select(call => call.Body);

    private async Task<Watch> WatchAsync(params IEnumerable<RoomFrame> frames)
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(frames);
        await watch.BecomesAsync(ConnectionState.Live);
        return watch;
    }
}
