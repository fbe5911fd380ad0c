using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs;

public sealed class CloseCodeTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Connection_Of_A_Removed_Member_Is_Told_On_Its_Stream_And_Closes_With_The_Code(string isDirect)
    {
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect));
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        using var viewer = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {bob.Token}"), bob.Room);

        await host.DeleteAsync($"{host.Path}/members/{bob.Member}");

        Assert.Equal((4401, ErrorCodes.Unauthenticated), await viewer.ClosedAsync());
        Assert.Contains("HubException: unauthenticated: ", viewer.CompletionOf(bob.Room), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Connection_To_A_Deleted_Room_Is_Told_On_Its_Stream_And_Closes_With_The_Code(string isDirect)
    {
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect));
        var host = await hub.CreateRoomAsync();
        using var viewer = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {host.Token}"), host.Room);

        await host.DeleteAsync(host.Path);

        Assert.Equal((4404, ErrorCodes.NotFound), await viewer.ClosedAsync());
        Assert.Contains("HubException: not_found: ", viewer.CompletionOf(host.Room), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Connection_To_A_Hub_That_Stops_Closes_As_Draining(string isDirect)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={isDirect}");
        var room = await hub.CreateRoomAsync();
        using var viewer = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {room.Token}"), room.Room.Id);

        var stopping = hub.StopAsync();

        Assert.Equal((4503, ErrorCodes.Draining), await viewer.ClosedAsync());
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task Connection_Of_A_Stalled_Viewer_That_Reads_Again_Closes_With_The_Code()
    {
        // The moment of the last word does not pass.
        using var clock = new TimerClock(ConnectionEnding.StepTimeout);
        await using var hub = await ScriptedHub.StartAsync(
            clock, ("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:00:02"));
        using var ended = new Metric(hub.Hub, "swarms_hub.viewers.stalled");
        await using var stalled = await SlowViewer.JoinAsync(hub.Host);
        Speech.Script(hub.Upstream);
        await hub.Host.StartAsync();
        await ended.ReachesAsync(1);

        Assert.Equal((4408, ErrorCodes.Stalled), await stalled.ClosedAsync());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public async Task Client_That_Never_Answers_The_Close_Frame_Is_Cut_Off(string isDirect, bool isRemoved)
    {
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect));
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await using var viewer = await SlowViewer.JoinAsync(bob);

        await host.DeleteAsync(isRemoved ? $"{host.Path}/members/{bob.Member}" : host.Path);

        Assert.Equal(
            isRemoved ? (4401, ErrorCodes.Unauthenticated) : (4404, ErrorCodes.NotFound), await viewer.ClosedAsync());
        await viewer.EndedAsync();
    }

    [Fact]
    public async Task Connection_That_Shows_Several_Memberships_Goes_On_In_The_Other_Rooms()
    {
        await using var hub = HubUnderTest.Start();
        var (first, second) = (await hub.CreateRoomAsync("First"), await hub.CreateRoomAsync("Second"));
        var there = await JoinWithCookieAsync(first);
        await JoinWithCookieAsync(second, ("Cookie", there.Cookie));
        using var viewer = await BareViewer.WatchAsync(hub.Address, ("Cookie", there.Cookie), first.Room, second.Room);

        await first.DeleteAsync($"{first.Path}/members/{there.Member}");
        Assert.Contains("HubException: unauthenticated: ", await viewer.EndOfAsync(first.Room), StringComparison.Ordinal);
        await second.PostAsync($"{second.Path}/messages", new { text = "still here" });

        await viewer.FramesOfAsync(second.Room, 2);
    }

    private static async Task<(string Cookie, string Member)> JoinWithCookieAsync(
        MemberCaller host, params (string Name, string Value)[] headers)
    {
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        var joined = await new Caller(host.Address).PostAsync("/api/join", new { invite, name = "Bob", session = "cookie" }, headers);
        return (joined.Headers["Set-Cookie"].Split(';')[0], joined.Json.GetProperty("member").GetProperty("id").GetString()!);
    }
}
