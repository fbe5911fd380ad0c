using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>A cancel in every phase of a run and by everybody who may, seen by an upstream that watches its connections.</summary>
public sealed class CancelPhaseTests(FaultyUpstreams hubs) : IClassFixture<FaultyUpstreams>
{
    private readonly RawHub _hub = hubs.Patient;

    public static MatrixTheoryData<CancelPhase, CancelWay> PhasesAndWays => new(Enum.GetValues<CancelPhase>(), Enum.GetValues<CancelWay>());

    [Theory]
    [MemberData(nameof(PhasesAndWays))]
    public async Task Cancel_Closes_The_Upstreams_Connection_Within_A_Second_And_Keeps_The_Text(CancelPhase phase, CancelWay way)
    {
        var (host, starter) = await AdmitAsync();
        await using var viewer = await TestViewer.JoinAsync(_hub.Hub.Address, host.Admission);
        using var asking = await way.StartAsync(starter);
        using var connection = await _hub.Upstream.AcceptRequestAsync();
        await connection.SendAsync(phase.Bytes());
        var reached = phase == CancelPhase.AfterUsage ? EventTypes.Usage
            : phase.Text().Length > 0 ? EventTypes.Chunk
            : EventTypes.RunStarted;
        await viewer.WaitForEventAsync(e => e.Type == reached);
        var run = viewer.Events.First(e => e.Run is not null).Run!;

        await using var canceller = await Canceller.ConnectAsync(way, host, starter);
        var cancelling = canceller.CancelAsync(run);

        await RawHub.LetsGoAsync(connection);
        await cancelling;
        var ended = await viewer.EndOfAsync(run);
        var ending = Assert.Single(viewer.Events, e => EventTypes.IsEnding(e.Type));
        Assert.Equal((EventTypes.Cancelled, phase.Text()), (ended.State, ended.Text));
        if (way == CancelWay.RoomDeletion)
        {
            Assert.Equal("room_deleted", ended.Reason);
            return;
        }

        Assert.Equal(("requested", canceller.Member), (ended.Reason, ending.By));
        Assert.Equal(EventTypes.Cancelled, (await host.EndsOnceAsync(run))[^1].Type);
        await _hub.WorksAsync(host);
    }

    [Theory]
    [InlineData(CancelWay.StarterOverHttp)]
    [InlineData(CancelWay.StarterOverSignalR)]
    [InlineData(CancelWay.HostOverHttp)]
    [InlineData(CancelWay.HostOverSignalR)]
    [InlineData(CancelWay.DoorCaller)]
    [InlineData(CancelWay.RoomDeletion)]
    public async Task Cancel_In_The_Queue_Makes_No_Connection(CancelWay way)
    {
        await using var hub = RawHub.Start(("Runs:MaxParallelPerRoom", "1"));
        var host = await hub.Hub.CreateRoomAsync();
        var starter = await host.InviteAsync(MemberRoles.Participant);
        await using var viewer = await TestViewer.JoinAsync(hub.Hub.Address, host.Admission);
        var first = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        using var asking = await way.StartAsync(starter);
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.RunQueued && e.Run != first.Id);
        var waiting = viewer.Events.Last(e => e.Type == EventTypes.RunQueued).Run!;

        await using var canceller = await Canceller.ConnectAsync(way, host, starter);
        await canceller.CancelAsync(waiting);

        var ended = await viewer.EndOfAsync(waiting);
        Assert.Equal((EventTypes.Cancelled, null), (ended.State, ended.StartedAt));
        Assert.Single(viewer.Events, e => e.Run == waiting && EventTypes.IsEnding(e.Type));
        if (way == CancelWay.RoomDeletion)
            return;

        await connection.SendAsync(RawHub.Head + Sse.Chunk("Once") + Sse.Done);
        Assert.Equal(EventTypes.Done, (await viewer.EndOfAsync(first.Id)).State);
        await hub.WorksAsync(host);
    }

    [Fact]
    public async Task Cancel_While_The_Connection_Is_Made_Closes_It_Within_A_Second_And_Sends_No_Request()
    {
        // The upstream takes the connection and never answers the TLS handshake. The hub runs in its own process for its runtime settings.
        using var mute = new RawUpstream();
        await using var hub = await HubProcess.StartNewAsync(
            $"--Upstream:BaseAddress={mute.Address("https")}", $"--Upstream:ApiKey={ScriptedHub.ApiKey}");
        var host = new MemberCaller(hub.Address, JsonSerializer.SerializeToElement(await hub.CreateRoomAsync(), ProtocolJson.Options));
        var run = await host.StartAsync();
        using var connection = await mute.AcceptAsync();
        connection.Watch();

        var cancelling = host.CancelAsync(run.Id);

        await RawHub.LetsGoAsync(connection);
        Assert.Equal(EventTypes.Cancelled, (await cancelling).State);
        await host.EndsOnceAsync(run.Id);
        Assert.False(mute.HasCaller);
    }

    [Fact]
    public async Task Cancel_Between_Done_And_Its_Commit_Leaves_The_Run_Done_And_The_Upstream_Free()
    {
        var (host, _) = await AdmitAsync();
        var run = await host.StartAsync();
        using var connection = await _hub.Upstream.AcceptRequestAsync();
        await connection.SendAsync(RawHub.Head + Sse.Chunk("Once"));
        await host.SeenAsync(EventTypes.Chunk, run.Id);

        Task<Run>[] cancelling;
        using (new HeldDatabase(_hub.Hub.DatabasePath))
        {
            await connection.SendAsync(Sse.Done);
            await RawHub.LetsGoAsync(connection);
            cancelling = [host.CancelAsync(run.Id), host.CancelAsync(run.Id)];
        }

        Assert.All(await Task.WhenAll(cancelling), answer => Assert.Equal((EventTypes.Done, "Once"), (answer.State, answer.Text)));
        Assert.Equal(EventTypes.Done, (await host.EndsOnceAsync(run.Id))[^1].Type);
    }

    [Fact]
    public async Task Cancel_While_The_Disk_Takes_Nothing_Closes_The_Upstreams_Connection_Within_A_Second()
    {
        await using var hub = RawHub.Start();
        hub.Hub.Expect(Microsoft.Extensions.Logging.LogLevel.Error);
        var host = await hub.Hub.CreateRoomAsync();
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        await connection.SendAsync(RawHub.Head + Sse.Chunk("Once "));
        await host.SeenAsync(EventTypes.Chunk, run.Id);

        Task<Answer>[] cancelling;
        using (new HeldDatabase(hub.Hub.DatabasePath))
        {
            await connection.SendAsync(Sse.Chunk("upon"));
            await WaitsForTheDiskAsync(hub);
            cancelling = [host.TryCancelAsync(run.Id), host.TryCancelAsync(run.Id)];
            await RawHub.LetsGoAsync(connection);
            Assert.DoesNotContain(cancelling, task => task.IsCompleted);
        }

        Assert.All(
            await Task.WhenAll(cancelling), answer => Assert.Equal(EventTypes.Cancelled, answer.Json.GetProperty("state").GetString()));
        Assert.Equal(EventTypes.Cancelled, (await host.EndsOnceAsync(run.Id))[^1].Type);
        Assert.Equal("Once upon", (await host.FindAsync(run.Id)).Text);
        await hub.WorksAsync(host);
    }

    [Theory]
    [InlineData(CancelWay.HostOverHttp)]
    [InlineData(CancelWay.HostOverSignalR)]
    public async Task Cancel_While_The_Hub_Waits_For_Its_Runs_To_Finish_Closes_The_Upstreams_Connection_And_Lets_It_Stop(CancelWay way)
    {
        await using var hub = RawHub.Start(("Runs:DrainTimeout", "00:10:00"));
        var host = await hub.Hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Hub.Address, host.Admission);
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        await connection.SendAsync(RawHub.Head + Sse.Chunk("Once "));
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        var stopping = Task.Run(hub.Hub.StopAsync, TestContext.Current.CancellationToken);
        await viewer.WaitAsync(() => viewer.Draining is not null);

        await using var canceller = await Canceller.ConnectAsync(way, host, host);
        var cancelling = canceller.CancelAsync(run.Id);

        await RawHub.LetsGoAsync(connection);
        await cancelling;
        Assert.Equal(EventTypes.Cancelled, (await viewer.EndOfAsync(run.Id)).State);
        await stopping.InTime();
        Assert.Single(viewer.Events, e => EventTypes.IsEnding(e.Type));
    }

    [Fact]
    public async Task Hub_That_Stops_Closes_The_Upstreams_Connection_Within_A_Second_Also_When_The_Run_Is_Cancelled_Meanwhile()
    {
        await using var hub = RawHub.Start();
        var host = await hub.Hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Hub.Address, host.Admission);
        await using var caller = await HubCaller.ConnectAsync(host);
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        await connection.SendAsync(RawHub.Head + Sse.Chunk("Once "));
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        var stopping = Task.Run(hub.Hub.StopAsync, TestContext.Current.CancellationToken);
        var cancelling = caller.InvokeAsync("CancelRun", host.Room, run.Id);

        await RawHub.LetsGoAsync(connection);
        Assert.Contains((await viewer.EndOfAsync(run.Id)).State, new[] { EventTypes.Interrupted, EventTypes.Cancelled });
        Assert.Single(viewer.Events, e => EventTypes.IsEnding(e.Type));
        await cancelling.ContinueWith(_ => { }, TaskScheduler.Default);
        await stopping.InTime();
    }

    private async Task<(MemberCaller Host, MemberCaller Starter)> AdmitAsync()
    {
        var host = await _hub.Hub.CreateRoomAsync();
        return (host, await host.InviteAsync(MemberRoles.Participant));
    }

    private static Task WaitsForTheDiskAsync(RawHub hub) =>
        Until.TrueAsync(() => hub.Hub.Get<CommitQueue>().PendingEvents > 0);
}
