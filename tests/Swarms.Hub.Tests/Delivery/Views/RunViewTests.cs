using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Delivery;

/// <summary>What a reader of an embed is shown of a run, and of nothing else.</summary>
public sealed class RunViewTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Reader_Gets_Each_Word_Of_The_Run_Once_Over_Many_Cuts_And_Nothing_Of_Others()
    {
        var host = await _hub.CreateRoomAsync("Secret room");
        var run = await host.StartRunAsync(new { chunksPerSecond = 150, chunks = 300 });
        var other = await host.StartRunAsync(new { chunksPerSecond = 150, chunks = 300, text = "foreign " }, "Foreign task");
        var created = await host.EmbedAsync(run);
        var reader = host.Reader(created);
        RoomState? state = null;
        string? cursor = null;
        var all = new StringBuilder();
        var cuts = 0;
        while (state?.FindRun(run)?.ToRun().EndedAt is null)
        {
            await using var feed = await reader.ReadFeedAsync(created, cursor is null ? [] : [("Last-Event-ID", cursor)]);
            await host.PostAsync($"{host.Path}/messages", new { text = "A foreign message" });
            for (var events = 0; events < 60 && state?.FindRun(run)?.ToRun().EndedAt is null;)
            {
                var item = (await feed.NextAsync())!.Value;
                all.Append(item.Data);
                if (item.EventType is "ping")
                    continue;

                cursor = item.EventId;
                if (item.EventType is FrameKinds.Snapshot)
                    state = new RoomState(JsonSerializer.Deserialize<RoomFrame>(item.Data, ProtocolJson.Options)!);
                else if (item.EventType is not FrameKinds.Resumed)
                {
                    state!.Apply(JsonSerializer.Deserialize<RoomEvent>(item.Data, ProtocolJson.Options)!);
                    events++;
                }
                else
                    Assert.False(JsonElement.Parse(item.Data).TryGetProperty("head", out _));
            }

            cuts++;
        }

        var done = state!.FindRun(run)!.ToRun();
        Assert.True(cuts > 2, $"{cuts} connections");
        Assert.Equal(done.Sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(done.Text!))));
        Assert.Equal((await host.FindAsync(run)).Text, done.Text);
        foreach (var foreign in new[] { "foreign", "Foreign", "Secret room", "Ann", host.Room, other })
            Assert.DoesNotContain(foreign, all.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_Passes_Over_Other_Sequences_And_Resumes_Behind_Them()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("One ")).WaitFor(gate.Task).Body(Sse.Chunk("two") + Sse.Done);
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);
        var created = await scripted.Host.EmbedAsync(run.Id);
        await using var caller = await HubCaller.ConnectAsync(scripted.Host.Reader(created));
        var first = await caller.Watch(run.Id).ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();
        Assert.Equal("One ", first.GetProperty("runs")[0].GetProperty("text").GetString());

        for (var i = 0; i < 3; i++)
            await scripted.Host.PostAsync($"{scripted.Host.Path}/messages", new { text = "Others talk" });

        var watch = caller.Watch(run.Id, first.GetProperty("cursor").GetString());
        var resumed = await watch.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();
        Assert.Equal(FrameKinds.Resumed, resumed.GetProperty("kind").GetString());
        gate.SetResult();
        var events = new List<JsonElement>();
        while (events.Count == 0 || !EventTypes.IsEnding(events[^1].GetProperty("type").GetString()!))
        {
            var frame = await watch.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();
            events.AddRange(frame.GetProperty("events").EnumerateArray());
        }

        Assert.All(events, e => Assert.Equal(run.Id, e.GetProperty("run").GetString()));
        Assert.Equal(["chunk", "done"], events.Select(e => e.GetProperty("type").GetString()));
        Assert.True(events[0].GetProperty("sequence").GetInt64() > SequenceOf(first) + 3);
    }

    [Fact]
    public async Task Cursor_Of_A_Member_Is_None_Of_A_Reader()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunks = 2, chunksPerSecond = 0 })).GetProperty("id").GetString()!;
        var cursor = (await host.GetAsync(host.Path)).Json.GetProperty("cursor").GetString()!;
        var created = await host.EmbedAsync(run);

        await using var feed = await host.Reader(created).ReadFeedAsync(created, ("Last-Event-ID", cursor));

        Assert.Equal(SnapshotReasons.Audience, (await feed.UntilAsync(FrameKinds.Snapshot)).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Hidden_Run_Loses_Task_And_Text_Until_It_Is_Shown_Again()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunks = 1, chunksPerSecond = 0, text = "Zanzibar" }, "Task of it"))
            .GetProperty("id").GetString()!;
        var created = await host.EmbedAsync(run);
        var reader = host.Reader(created);
        await using var feed = await reader.ReadFeedAsync(created);
        var first = await feed.UntilAsync(FrameKinds.Snapshot);
        Assert.Contains("Zanzibar", first.GetRawText(), StringComparison.Ordinal);

        Assert.Equal(204, (await host.PostAsync($"{host.Path}/runs/{run}/hide", new { })).Status);

        var hidden = await feed.UntilAsync(FrameKinds.Snapshot);
        await using var later = await reader.ReadFeedAsync(created, ("Last-Event-ID", first.GetProperty("cursor").GetString()!));
        foreach (var frame in new[] { hidden, await later.UntilAsync(FrameKinds.Snapshot) })
        {
            Assert.DoesNotContain("Zanzibar", frame.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("Task of it", frame.GetRawText(), StringComparison.Ordinal);
            Assert.True(frame.GetProperty("runs")[0].TryGetProperty("hiddenAt", out _));
        }

        Assert.Equal(204, (await host.PostAsync($"{host.Path}/runs/{run}/show", new { })).Status);
        Assert.Contains("Zanzibar", (await feed.UntilAsync(FrameKinds.Snapshot)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_Stays_In_The_Room_Where_The_Embed_Hides_It()
    {
        var host = await _hub.CreateRoomAsync();
        await host.PatchAsync(host.Path, new { settings = new { moderated = true } });
        var bob = await host.InviteAsync(MemberRoles.Participant);
        var run = await bob.StartRunAsync(new { chunks = 3, chunksPerSecond = 0, text = "words" }, "Hush hush");
        var created = await host.EmbedAsync(run, hideTask: true);
        await using var feed = await host.Reader(created).ReadFeedAsync(created);
        var all = (await feed.UntilAsync(FrameKinds.Snapshot)).GetRawText();

        Assert.Equal(200, (await host.PostAsync($"{host.Path}/runs/{run}/approve", new { task = "Hush hush, edited" })).Status);
        for (string? type = null; type is null || !EventTypes.IsEnding(type);)
        {
            var item = (await feed.NextAsync())!.Value;
            (type, all) = (item.EventType, all + item.Data);
        }

        Assert.DoesNotContain("Hush", all, StringComparison.Ordinal);
        Assert.Contains("words", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Hush", (await host.Reader(created).GetAsync(EmbedCalls.PathOf(created))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_Sees_No_Costs_Also_Where_All_Members_Do()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Usage + Sse.Done);
        var run = await scripted.Host.StartAsync();
        var ended = await scripted.Host.EndedAsync(run.Id);
        Assert.NotNull(ended.Usage?.Cost);
        var created = await scripted.Host.EmbedAsync(run.Id);

        var shown = (await scripted.Host.Reader(created).GetAsync(EmbedCalls.PathOf(created))).Json.GetProperty("runs")[0];

        Assert.Equal(ended.Usage!.TotalTokens, shown.GetProperty("usage").GetProperty("totalTokens").GetInt64());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("usage").GetProperty("cost").ValueKind);
    }

    [Fact]
    public async Task Reader_Sees_What_The_Room_Was_Given_Of_A_Held_Run()
    {
        await using var room = await HeldRoom.StartAsync(new { keepLane = true });
        var run = await room.StartRunAsync(room.Participant, ["Open Zanzibar ", "more"]);
        var created = await room.Host.EmbedAsync(run.Id);
        await using var feed = await room.Host.Reader(created).ReadFeedAsync(created);
        var all = (await feed.UntilAsync(FrameKinds.Snapshot)).GetRawText();
        await run.SendAsync(2);
        Assert.Equal(204, (await run.MaskAsync(5, 13)).Status);
        Assert.Equal(204, (await run.ReleaseAsync(14)).Status);
        for (string? type = null; type != EventTypes.Masked;)
        {
            var item = (await feed.NextAsync())!.Value;
            (type, all) = (item.EventType, all + item.Data);
        }

        Assert.DoesNotContain("Zanzibar", all, StringComparison.Ordinal);
        Assert.DoesNotContain("more", all, StringComparison.Ordinal);
        Assert.Contains("Open ", all, StringComparison.Ordinal);
        (await room.Host.Reader(created).GetAsync($"/api/embed/{run.Lane}")).IsProblem(404, ErrorCodes.NotFound);
        await room.Host.CancelAsync(run.Id);
    }

    [Fact]
    public async Task Blind_Run_Shows_Its_Agent_Once_The_Group_Is_Revealed()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync(isBlind: true);
        var created = await scripted.Host.EmbedAsync(group.Runs[0]);
        await using var feed = await scripted.Host.Reader(created).ReadFeedAsync(created);
        var blind = (await feed.UntilAsync(FrameKinds.Snapshot)).GetProperty("runs")[0];
        Assert.Equal(JsonValueKind.Null, blind.GetProperty("agent").GetProperty("name").ValueKind);

        await scripted.Host.RevealAsync(group);

        var shown = await feed.UntilAsync(FrameKinds.Snapshot);
        Assert.Contains(shown.GetProperty("runs")[0].GetProperty("agent").GetProperty("name").GetString(), (string[])["Writer", "Poet"]);
        Assert.Equal(1, shown.GetProperty("runs").GetArrayLength());
    }

    private static long SequenceOf(JsonElement frame) =>
        RoomCursor.TryParse(frame.GetProperty("cursor").GetString(), out var cursor) ? cursor.Sequence : 0;
}
