using System.Text.Json;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Hosting;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Search;
using Swarms.Hub.Specifications;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>A whole hub on PostgreSQL, as its members see it.</summary>
public sealed class PostgreSqlHubTests(OwnPostgreSql own) : IClassFixture<OwnPostgreSql>
{
    [Fact]
    public async Task Killed_Hub_Goes_On_With_Everything_That_Was_Seen()
    {
        await using var store = await NewAsync();
        await using var hub = await HubProcess.StartNewAsync(Arguments(store));
        var room = await hub.CreateRoomAsync();
        var viewer = await TestViewer.JoinAsync(hub.Address, room);
        var run = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 200 });
        await viewer.WaitAsync(() => viewer.Events.Count(e => e.Type == EventTypes.Chunk) > 50);

        await hub.KillAsync();
        await viewer.EndAsync();
        await hub.StartAsync(Arguments(store));

        await using var resumed = await viewer.ResumeAsync(hub.Address, room);
        Assert.Equal(EventTypes.Interrupted, (await resumed.EndOfAsync(run.Id)).State);
        Assert.DoesNotContain(resumed.Frames, frame => frame.Kind == FrameKinds.Snapshot);
        var stored = (await hub.ReadEventsAsync(room)).ToDictionary(e => e.Sequence, Text);
        Assert.All(viewer.Events, seen => Assert.Equal(Text(seen), stored[seen.Sequence]));
        (await HubStart.TryAsync(Path.GetTempPath(), ["verify", .. Arguments(store), "--cursor", resumed.Cursor]))
            .Printed("Every link fits; rooms: 1, events: \\d+.", $"The cursor is of this history, in room {room.Room.Id}.");
    }

    [Fact]
    public async Task Server_That_Is_Started_Anew_Holds_A_Run_Back_And_Everything_Goes_On()
    {
        await using var store = await NewAsync();
        await using var hub = Start(store);
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, host.Admission);
        var run = await host.StartRunAsync(new { chunks = 300, chunksPerSecond = 100 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        await store.Server.StopAsync(isCrash: false);
        await viewer.WaitAsync(() => viewer.Frames[^1] is { Kind: FrameKinds.Storage, IsAvailable: false });
        await store.Server.StartAsync();

        Assert.Equal(EventTypes.Done, (await viewer.EndOfAsync(run)).State);
        var stored = (await hub.Get<IRoomStore>().LoadAsync(host.Room, TestContext.Current.CancellationToken))!;
        Assert.Equal(Enumerable.Range(3, viewer.Events.Count).Select(i => (long)i), viewer.Events.Select(e => e.Sequence));
        Assert.Equal(stored.Head.Sequence, viewer.Events[^1].Sequence);
        Assert.Single(viewer.Frames, frame => frame.Kind == FrameKinds.Snapshot);
    }

    [Fact]
    public async Task Viewer_Of_A_Room_That_A_Fail_Over_Shortened_Gets_A_Snapshot_Of_What_Is_Stored()
    {
        await using var store = await NewAsync();
        await using var relay = new LosingRelay(store.Server.Port);
        store.Port = relay.Port;
        await using var hub = Start(store);
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        await SayAsync(host, "kept");
        await using var viewer = await TestViewer.JoinAsync(hub.Address, host.Admission);
        await using var standby = await PostgreSqlServer.StartNewAsync();
        await standby.TakeAsync(store.Server, store.Database);
        await SayAsync(host, "lost");
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Message);
        var cursor = viewer.Cursor;

        relay.LeadTo(standby.Port);

        await viewer.WaitAsync(() => viewer.Frames[^1].Kind == FrameKinds.Snapshot && viewer.Frames.Count > 2);
        Assert.Equal(["kept"], viewer.Frames[^1].Messages!.Select(message => message.Text));
        await SayAsync(host, "new");
        await using var late = await TestViewer.JoinAsync(hub.Address, host.Admission, cursor);
        Assert.Equal(["kept", "new"], late.Frames[0].Messages!.Select(message => message.Text));
    }

    [Fact]
    public async Task Text_In_Any_Script_Is_Found_And_Once_Removed_Is_In_No_Table()
    {
        const string Secret = "привет-xylophone";
        await using var store = await NewAsync();
        await using var hub = Start(store);
        var host = await hub.CreateRoomAsync();
        var message = await SayAsync(host, $"Grüße, {Secret}\0 und 🦊");
        var run = (await host.FinishRunAsync(new { text = $"the answer is {Secret}", chunksPerSecond = 0 }, $"Play {Secret}"))
            .GetProperty("id").GetString()!;
        await hub.IndexedAsync();
        Assert.Equal(["message text", "run task"], (await host.FindAsync("ПРИВЕТ")).Order());
        Assert.Equal(["message text"], await host.FindAsync("grusse"));
        Assert.Equal(2, (await host.SearchAsync("ив")).Results.Count);
        Assert.Equal(200, (await host.TrySearchAsync("x", "&by=%00&agent=%00")).Status);

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{message}")).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);
        Assert.Empty((await host.SearchAsync("xylo")).Results);
        await hub.IndexedAsync();

        var dump = await File.ReadAllTextAsync(await store.Server.DumpAsync(store.Database), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("xylo", dump, StringComparison.Ordinal);
        Assert.Contains("search_pieces", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_That_Is_Deleted_Leaves_No_Text_And_Its_Money_Stays_With_The_Hub()
    {
        await using var store = await NewAsync();
        await using var hub = Start(store);
        var host = await hub.CreateRoomAsync("Xylophones");
        await SayAsync(host, "xylophone");
        await host.FinishRunAsync(new { text = "xylophone", chunksPerSecond = 0 }, "xylophone");

        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);
        await Until.TrueAsync(() => !hub.Get<ILogWriter>().MayHaveRemains);
        await hub.IndexedAsync();

        var dump = await File.ReadAllTextAsync(await store.Server.DumpAsync(store.Database), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("xylophone", dump, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("hub_spending", dump, StringComparison.Ordinal);
    }

    private async Task<PostgreSqlStoreFixture> NewAsync() =>
        (PostgreSqlStoreFixture)await PostgreSqlStoreFixture.CreateAsync(own, StorageDurability.Endings);

    private static HubUnderTest Start(PostgreSqlStoreFixture store) =>
        HubUnderTest.Start([.. store.Settings.Select(setting => (setting.Key, setting.Value!))]);

    private static string[] Arguments(PostgreSqlStoreFixture store) =>
        [.. store.Settings.Select(setting => $"--{setting.Key}={setting.Value}")];

    private static async Task<long> SayAsync(MemberCaller member, string text)
    {
        var answer = await member.PostAsync($"{member.Path}/messages", new { text });
        Assert.Equal(201, answer.Status);
        return answer.Json.GetProperty("sequence").GetInt64();
    }

    private static string Text(RoomEvent one) => JsonSerializer.Serialize(one, ProtocolJson.Options);
}
