using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs;

public sealed class RoomHubTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    public static TheoryData<string, object?[]> Unfit => new()
    {
        { "Say", [] },
        { "Say", [null] },
        { "Say", [null, "x"] },
        { "Say", ["", "x"] },
        { "Say", [7, "x"] },
        { "Say", ["ROOM"] },
        { "Say", ["ROOM", null] },
        { "Say", ["ROOM", ""] },
        { "Say", ["ROOM", "x", "more"] },
        { "Say", ["ROOM", new { text = "x" }] },
        { "React", ["ROOM", "x", "👍"] },
        { "React", ["ROOM", 1.5, "👍"] },
        { "React", ["ROOM", null, "👍"] },
        { "React", ["ROOM", 1, null] },
        { "React", ["ROOM", 1, " "] },
        { "StartRun", ["ROOM"] },
        { "StartRun", ["ROOM", null] },
        { "StartRun", ["ROOM", "run"] },
        { "StartRun", ["ROOM", new { }] },
        { "StartRun", ["ROOM", new { request = "text" }] },
        { "StartRun", ["ROOM", new { request = new { } }] },
        { "StartRun", ["ROOM", new { request = new { task = "x" }, kind = "herd" }] },
        { "CancelRun", ["ROOM", 7] },
        { "RaiseHand", [] },
        { "NoSuchMethod", ["ROOM"] },
        { "say2", [] },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task A_Call_That_Does_Not_Fit_Is_Invalid_And_The_Connection_Survives(string method, object?[] arguments)
    {
        var host = await _hub.CreateRoomAsync();
        await using var hub = await HubCaller.ConnectAsync(host);

        await hub.IsRefusedAsync("invalid", method, [.. arguments.Select(argument => argument is "ROOM" ? host.Room : argument)]);

        Assert.True((await hub.InvokeAsync("Say", host.Room, "still connected")).GetInt64() > 0);
    }

    [Theory]
    [InlineData(1, "WatchRoom")]
    [InlineData(4, "WatchRoom")]
    [InlineData(1, "Say")]
    [InlineData(1, "NoSuchMethod")]
    public async Task Call_With_A_Long_Id_Is_Refused_And_The_Connection_Survives(int type, string method)
    {
        var host = await _hub.CreateRoomAsync();
        using var viewer = await BareViewer.WatchAsync(_hub.Address, ("Authorization", $"Bearer {host.Token}"), host.Room);
        var (longest, tooLong) = (new string('<', 64), new string('<', 65));

        await viewer.SendAsync(
            JsonSerializer.Serialize(new { type, invocationId = tooLong, target = method, arguments = new[] { host.Room } }));
        await viewer.SendAsync(
            JsonSerializer.Serialize(new { type = 1, invocationId = longest, target = "Say", arguments = new[] { host.Room, "Hello" } }));

        Assert.Contains("64 characters", await viewer.EndOfAsync(tooLong), StringComparison.Ordinal);
        await viewer.AnsweredAsync(longest);
    }

    [Fact]
    public async Task Calls_For_What_Is_Not_There_Find_Nothing()
    {
        var host = await _hub.CreateRoomAsync();
        await using var hub = await HubCaller.ConnectAsync(host);

        await hub.IsRefusedAsync("not_found", "Say", "nothing", "x");
        await hub.IsRefusedAsync("not_found", "CancelRun", host.Room, "nothing");
        await hub.IsRefusedAsync("not_found", "CancelRun", host.Room, null);
        await hub.IsRefusedAsync("not_found", "React", host.Room, 1000, "👍");
        await hub.IsRefusedAsync("not_found", "React", host.Room, 0, "👍");
        await hub.IsRefusedAsync("not_found", "React", host.Room, -1, "👍");
        await hub.IsRefusedAsync("too_large", "Say", host.Room, new string('a', 16_385));
        await hub.IsRefusedAsync("too_large", "React", host.Room, 1, new string('a', 65));
        await HubCaller.EndsAsync(hub.Watch("nothing"), "not_found");
    }

    [Fact]
    public async Task A_Watch_That_Does_Not_Fit_Is_Invalid_And_The_Connection_Survives()
    {
        var host = await _hub.CreateRoomAsync();
        await using var hub = await HubCaller.ConnectAsync(host);
        foreach (var arguments in new object?[][] { [], [host.Room], [null, null], [host.Room, 7], [host.Room, null, null] })
        {
            var refusal = await Assert.ThrowsAsync<HubException>(async () =>
            {
                var frames = hub.Connection.StreamAsyncCore<object>("WatchRoom", arguments, TestContext.Current.CancellationToken);
                await foreach (var _ in frames)
                {
                }
            });
            HubCaller.IsRefusal("invalid", refusal);
        }

        // A streaming method is called for one answer, and the other way round.
        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync("WatchRoom", host.Room, null));
        Assert.True((await hub.InvokeAsync("Say", host.Room, "still connected")).GetInt64() > 0);
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"1","target":"Say","arguments":["ROOM","\ud800"]}""")]
    [InlineData(
        """{"type":1,"invocationId":"1","target":"Say","arguments":["ROOM",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["""
        + "[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}")]
    public async Task Half_Characters_And_Deep_Nesting_Do_Not_Kill_The_Hub(string message)
    {
        var host = await _hub.CreateRoomAsync();
        await SendRawAsync(host, message.Replace("ROOM", host.Room, StringComparison.Ordinal));

        await using var hub = await HubCaller.ConnectAsync(host);
        Assert.True((await hub.InvokeAsync("Say", host.Room, "the hub lives")).GetInt64() > 0);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"type":99}""")]
    [InlineData("""{"type":1,"target":null}""")]
    [InlineData("[]")]
    public async Task A_Message_That_Is_None_Ends_Its_Own_Connection_Only(string message)
    {
        var host = await _hub.CreateRoomAsync();
        await using var hub = await HubCaller.ConnectAsync(host);

        await SendRawAsync(host, message);

        Assert.True((await hub.InvokeAsync("Say", host.Room, "the other one lives")).GetInt64() > 0);
    }

    [Fact]
    public async Task A_Message_Beyond_256_KiB_Ends_The_Connection_And_One_Below_Does_Not()
    {
        var host = await _hub.CreateRoomAsync();
        await using var hub = await HubCaller.ConnectAsync(host);
        await hub.InvokeAsync(
            "StartRun", host.Room, new { request = new { task = new string('a', 260_000), simulation = new { chunks = 0 } } });

        var call = hub.InvokeAsync("StartRun", host.Room, new { request = new { task = new string('a', 262_144) } });

        await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.NotNull(await hub.Closed.InTime());
        Assert.Single((await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }

    private async Task SendRawAsync(MemberCaller caller, string message)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {caller.Token}");
        await socket.ConnectAsync(new Uri($"ws://localhost:{_hub.Address.Port}/hub"), TestContext.Current.CancellationToken);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"),
            WebSocketMessageType.Text,
            true,
            TestContext.Current.CancellationToken);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        // This call is sure to be answered, unless the connection ends, so everything before it was handled.
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(
                "{\"type\":1,\"invocationId\":\"last\",\"target\":\"RaiseHand\",\"arguments\":[\"" + caller.Room + "\"]}\u001e"),
            WebSocketMessageType.Text,
            true,
            TestContext.Current.CancellationToken);
        Leaks.Refuse((await ReceiveAsync(socket).InTime()).Replace("HubException: ", "", StringComparison.Ordinal));
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[65_536];
        var received = new StringBuilder();
        while (!received.ToString().Contains("\"last\"", StringComparison.Ordinal))
        {
            var result = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
                break;

            received.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
        }

        return received.ToString();
    }
}
