using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.RoomLogs;

public sealed class RoomQuotaTests
{
    private static readonly string Text = new('x', 16_384);

    [Fact]
    public async Task Room_That_Is_Full_Takes_Nothing_New_And_Can_Be_Read_Left_And_Deleted()
    {
        await using var hub = HubUnderTest.Start(("Rooms:MaxStoredBytes", "1048576"));
        var host = await hub.CreateRoomAsync();
        var guest = await host.InviteAsync("participant");
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        await FillAsync(host);

        (await host.PostAsync("/v1/agent/completions", RunCalls.Story)).IsDetail(507);
        (await host.TryStartAsync()).IsProblem(507, ErrorCodes.RoomFull);
        (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Late" })).IsProblem(507, ErrorCodes.RoomFull);
        (await host.PatchAsync(host.Path, new { name = "Other" })).IsProblem(507, ErrorCodes.RoomFull);
        await using (var caller = await HubCaller.ConnectAsync(host))
            await caller.IsRefusedAsync(ErrorCodes.RoomFull, "RaiseHand", host.Room);

        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
        Assert.Equal(200, (await host.GetAsync($"{host.Path}/transcript")).Status);
        Assert.Equal(200, (await host.PatchAsync($"{host.Path}/members/{guest.Member}", new { role = "viewer" })).Status);
        Assert.Equal(204, (await guest.DeleteAsync($"{guest.Path}/members/{guest.Member}")).Status);
        var other = await hub.CreateRoomAsync();
        Assert.Equal(201, (await other.PostAsync($"{other.Path}/messages", new { text = Text })).Status);
        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);
    }

    [Fact]
    public async Task Run_In_Flight_Ends_In_Order_In_A_Room_That_Became_Full()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Rooms:MaxStoredBytes", "1048576"));
        var goOn = new TaskCompletionSource();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(goOn.Task).Body(Sse.Chunk("more") + Sse.Done);
        var run = await scripted.Host.StartAsync();
        await FillAsync(scripted.Host);

        goOn.SetResult();

        var ended = await scripted.Host.EndedAsync(run.Id);
        Assert.Equal((EventTypes.Done, "Once more"), (ended.State, ended.Text));
    }

    [Fact]
    public async Task Room_That_Is_Loaded_Knows_What_It_Stores()
    {
        await using var before = HubUnderTest.Start(("Rooms:MaxStoredBytes", "1048576"));
        var host = await before.CreateRoomAsync();
        await FillAsync(host);
        await before.StopAsync();
        await using var after = before.Restart(("Rooms:MaxStoredBytes", "1048576"));
        host = host.At(after.Address);
        using var lease = await after.Get<IRoomDirectory>().OpenAsync(host.Room, TestContext.Current.CancellationToken);
        await lease.Log.Measured.InTime();

        (await host.PostAsync($"{host.Path}/messages", new { text = "More" })).IsProblem(507, ErrorCodes.RoomFull);
    }

    [Fact]
    public async Task Disk_That_Is_Nearly_Full_Takes_Nothing_New_And_Reading_Leaving_And_Runs_In_Flight_Go_On()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var (hub, host) = (scripted.Hub, scripted.Host);
        var goOn = new TaskCompletionSource();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(goOn.Task).Body(Sse.Chunk("more") + Sse.Done);
        var guest = await host.InviteAsync("viewer");
        var run = await host.StartAsync();
        var queue = hub.Get<CommitQueue>();

        queue.IsNearlyFull = true;

        var refused = (await host.PostAsync($"{host.Path}/messages", new { text = "More" })).IsProblem(503, ErrorCodes.StorageUnavailable);
        Assert.Equal("60", refused.Headers["Retry-After"]);
        (await hub.Anybody().PostAsync("/api/rooms", new { name = "More" })).IsProblem(503, ErrorCodes.StorageUnavailable);
        (await host.TryStartAsync()).IsProblem(503, ErrorCodes.StorageUnavailable);
        goOn.SetResult();
        Assert.Equal(EventTypes.Done, (await host.EndedAsync(run.Id)).State);
        Assert.Equal(204, (await guest.DeleteAsync($"{guest.Path}/members/{guest.Member}")).Status);

        queue.IsNearlyFull = false;
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = "More" })).Status);
    }

    // The rest of the room's bytes.
    private static async Task FillAsync(MemberCaller host)
    {
        Answer answer;
        do
            answer = await host.PostAsync($"{host.Path}/messages", new { text = Text });
        while (answer.Status == 201);

        answer.IsProblem(507, ErrorCodes.RoomFull);
    }
}
