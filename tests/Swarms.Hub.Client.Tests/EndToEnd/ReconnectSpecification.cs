using System.Net.Http.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>
/// The updates that a program is handed in any trouble of its network and its hub: a started hub, a real network, and each SDK with its own
/// SignalR client.
/// </summary>
public abstract partial class ReconnectSpecification(StartedHub started) : IClassFixture<StartedHub>, IAsyncDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    private readonly HubProcess _hub = started.Hub;
    private readonly List<IAsyncDisposable> _things = [];

    internal abstract SdkProgram Start(Uri hub, string roomId, string token, TimeSpan serverTimeout);

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Program_Behind_A_Proxy_That_Cuts_All_The_Time_Gets_The_Whole_Run_Once()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var direct = Keep(await TestViewer.JoinAsync(_hub.Address, room));
        var program = Watch(network.Address, room);
        await program.BecomesAsync("live");

        Run run;
        using (network.BreakEvery(TimeSpan.FromMilliseconds(400)))
        {
            run = await _hub.StartRunAsync(room, new { chunks = 200, chunksPerSecond = 60 });
            await direct.EndOfAsync(run.Id);
        }

        Assert.Equal(direct.FindRun(run.Id)!.Text, await program.VerifiesAsync());
        Assert.True(program.Taken.Count(handed => handed.Kind == "resumed") > 1, string.Join(' ', program.States));
        Assert.Equal(direct.Events.Select(e => e.Sequence), program.Sequences);
    }

    [Fact]
    public async Task Program_Whose_Connection_Fell_Silent_Finds_Out_By_Itself_And_Resumes()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var program = Watch(network.Address, room, serverTimeout: TimeSpan.FromSeconds(1));
        await program.BecomesAsync("live");
        var run = await _hub.StartRunAsync(room, new { chunks = 150, chunksPerSecond = 50 });
        await program.IsHandedAsync(EventTypes.Chunk);

        network.Silence();
        await program.BecomesAsync("reconnecting");
        await program.NextAsync(handed => handed.Kind == "resumed");

        Assert.Equal(await TextOfAsync(room, run), await program.VerifiesAsync());
    }

    [Fact]
    public async Task Program_Whose_Hub_Is_Gone_Without_A_Goodbye_Finds_Out_And_Comes_Back_To_What_Was_Stored()
    {
        var hub = Keep(await HubProcess.StartNewAsync());
        var network = Keep(new CuttableNetwork(hub.Address));
        var room = await hub.CreateRoomAsync();
        var program = Watch(network.Address, room, serverTimeout: TimeSpan.FromSeconds(1));
        await program.BecomesAsync("live");
        var run = await hub.StartRunAsync(room, new { chunks = 10_000, chunksPerSecond = 50 });
        await program.IsHandedAsync(EventTypes.Chunk);

        network.Swallow();
        await hub.KillAsync();
        await program.BecomesAsync("reconnecting");
        await hub.StartAsync();
        network.Break();
        network.Mend();

        await program.NextAsync(handed => handed.Kind == "resumed");
        var said = await SayAsync(hub, room);
        await program.NextAsync(handed => handed.Sequences.Contains(said));

        Assert.Contains(EventTypes.Interrupted, program.Taken.SelectMany(handed => handed.Types));
        Assert.Single(program.Taken, handed => handed.Kind == "snapshot");
        Assert.Equal(await TextOfAsync(room, run, hub), string.Concat(program.Taken.Select(handed => handed.Content)));
    }

    [Fact]
    public async Task Program_Whose_Hub_Is_Stopped_And_Started_Again_Resumes()
    {
        var hub = Keep(await HubProcess.StartNewAsync("--Runs:DrainTimeout=00:00:00.2"));
        var room = await hub.CreateRoomAsync();
        var program = Watch(hub.Address, room);
        await program.BecomesAsync("live");
        await hub.StartRunAsync(room, new { chunks = 10_000, chunksPerSecond = 50 });
        await program.IsHandedAsync(EventTypes.Chunk);

        await hub.StopAsync();
        await hub.StartAsync();
        await program.NextAsync(handed => handed.Kind == "resumed");
        var said = await SayAsync(hub, room);
        await program.NextAsync(handed => handed.Sequences.Contains(said));

        Assert.Contains(EventTypes.Interrupted, program.Taken.SelectMany(handed => handed.Types));
        Assert.Single(program.Taken, handed => handed.Kind == "snapshot");
    }

    [Fact]
    public async Task Program_Whose_Hub_Is_Given_Back_An_Older_Database_Is_Handed_A_Snapshot_That_Says_So()
    {
        var hub = Keep(await HubProcess.StartNewAsync());
        var room = await hub.CreateRoomAsync();
        await hub.StopAsync();
        var older = await File.ReadAllBytesAsync(hub.DatabasePath, TestContext.Current.CancellationToken);
        await hub.StartAsync();
        var program = Watch(hub.Address, room);
        await program.BecomesAsync("live");
        var lost = await SayAsync(hub, room);
        await program.NextAsync(handed => handed.Sequences.Contains(lost));

        await hub.StopAsync();
        await File.WriteAllBytesAsync(hub.DatabasePath, older, TestContext.Current.CancellationToken);
        await hub.StartAsync();
        await program.NextAsync(handed => handed is { Kind: "snapshot", Reason: SnapshotReasons.Diverged });
        var said = await SayAsync(hub, room);
        await program.NextAsync(handed => handed.Sequences.Contains(said));

        Assert.Equal([lost, said], program.Sequences);
        Assert.Equal(lost, said);
    }

    [Fact]
    public async Task Programs_That_Attach_At_Once_In_Mid_Run_Each_Get_All_Of_It()
    {
        var room = await _hub.CreateRoomAsync();
        var direct = Keep(await TestViewer.JoinAsync(_hub.Address, room));
        var run = await _hub.StartRunAsync(room, new { chunks = 100, chunksPerSecond = 50 });
        await direct.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        SdkProgram[] programs = [Watch(_hub.Address, room), Watch(_hub.Address, room)];

        var text = await TextOfAsync(room, run);
        await direct.EndOfAsync(run.Id);
        foreach (var program in programs)
        {
            Assert.Equal(text, await program.VerifiesAsync());
            Assert.Equal(direct.Events[^1].Sequence, program.Sequences.LastOrDefault(direct.Events[^1].Sequence));
        }
    }

    [Fact]
    public async Task Program_That_Attaches_Exactly_At_Done_Holds_The_Verified_Run_And_No_Event_Of_It()
    {
        var room = await _hub.CreateRoomAsync();
        var direct = Keep(await TestViewer.JoinAsync(_hub.Address, room));
        var run = await _hub.StartRunAsync(room, new { chunks = 20, chunksPerSecond = 0 });
        await direct.WaitForEventAsync(e => e.Type == EventTypes.Done);
        var program = Watch(_hub.Address, room);

        Assert.Equal(await TextOfAsync(room, run), await program.VerifiesAsync());
        var said = await SayAsync(_hub, room);
        await program.NextAsync(handed => handed.Sequences.Contains(said));
        Assert.Equal([said], program.Sequences);
    }

    [Fact]
    public async Task Program_That_Is_Cut_Exactly_At_Done_Resumes_Behind_It()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var program = Watch(network.Address, room);
        await program.BecomesAsync("live");
        await _hub.StartRunAsync(room, new { chunks = 20, chunksPerSecond = 0 });
        var done = (await program.IsHandedAsync(EventTypes.Done)).Sequences[^1];

        network.Break();
        await program.NextAsync(handed => handed.Kind == "resumed");
        await SayAsync(_hub, room);
        var next = await program.IsHandedAsync(EventTypes.Message);

        Assert.Equal([done + 1], next.Sequences);
    }

    [Fact]
    public async Task Connections_On_Which_Nothing_Was_Sent_Are_Resumed_Where_The_First_One_Was()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var program = Watch(network.Address, room);
        await program.BecomesAsync("live");
        for (var times = 0; times < 3; times++)
        {
            network.Break();
            await program.NextAsync(handed => handed.Kind == "resumed");
        }

        var said = await SayAsync(_hub, room);
        await program.IsHandedAsync(EventTypes.Message);

        Assert.Equal([said], program.Sequences);
        Assert.Single(program.Taken, handed => handed.Kind == "snapshot");
    }

    [Fact]
    public async Task Program_That_Missed_Something_Is_Live_Again_When_It_Has_It()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var program = Watch(network.Address, room);
        await program.BecomesAsync("live");

        network.Cut();
        await program.BecomesAsync("reconnecting");
        var missed = 0L;
        for (var times = 0; times < 3; times++)
            missed = await SayAsync(_hub, room);
        network.Mend();
        await program.BecomesAsync("live");

        Assert.Equal([missed - 2, missed - 1, missed], program.Sequences);
    }

    private static async Task<long> SayAsync(HubProcess hub, RoomAdmission room)
    {
        using var client = hub.CreateClient(room.Token);
        using var answer = await client.PostAsJsonAsync(
            $"api/rooms/{room.Room.Id}/messages", new { text = "Hello" }, TestContext.Current.CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<MessageSaid>(
            ProtocolJson.Options, TestContext.Current.CancellationToken))!.Sequence;
    }

    private static async Task<RoomAdmission> InviteAsync(HttpClient host, string roomId)
    {
        using var invited = await host.PostAsJsonAsync(
            $"api/rooms/{roomId}/invites", new { role = MemberRoles.Viewer }, TestContext.Current.CancellationToken);
        var invite = await invited.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<InviteCreated>(
            ProtocolJson.Options, TestContext.Current.CancellationToken);
        // Without the host's token, with which the same member would come back.
        using var guest = new HttpClient { BaseAddress = host.BaseAddress };
        using var joined = await guest.PostAsJsonAsync(
            "api/join", new { code = invite!.Code, name = "Bob" }, TestContext.Current.CancellationToken);
        return (await joined.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RoomAdmission>(
            ProtocolJson.Options, TestContext.Current.CancellationToken))!;
    }

    /// <summary>The run's text as the hub stored it, when it has ended.</summary>
    private async Task<string> TextOfAsync(RoomAdmission room, Run run, HubProcess? hub = null)
    {
        await using var viewer = await TestViewer.JoinAsync((hub ?? _hub).Address, room);
        return (await viewer.EndOfAsync(run.Id)).Text!;
    }

    private SdkProgram Watch(Uri hub, RoomAdmission room, TimeSpan? serverTimeout = null) =>
        Keep(Start(hub, room.Room.Id, room.Token!, serverTimeout ?? Patient));

    private T Keep<T>(T thing) where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }
}
