using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <summary>A reaction may say in which history its target was seen.</summary>
public sealed class MessagesApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Snapshot_Of_The_Heaviest_Messages_Is_Bounded_And_The_Log_Has_Them_All()
    {
        var host = await _hub.CreateRoomAsync();
        var text = new string('\u0001', 16_384);
        for (var i = 0; i < 200; i++)
            Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text })).Status);

        var snapshot = await host.GetAsync(host.Path);

        Assert.InRange(snapshot.Body.Length, 1, 2_000_000);
        Assert.Equal(16, snapshot.Json.GetProperty("messages").GetArrayLength());
        var page = (await host.GetAsync($"{host.Path}/events?after=2&limit=1")).Json.GetProperty("events")[0];
        Assert.Equal(text, page.GetProperty("data").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Reaction_Is_Appended_Once_With_A_Cursor_Of_This_History_Or_With_None()
    {
        var host = await _hub.CreateRoomAsync();
        var target = await SayAsync(host, "hello");
        var cursor = await CursorAsync(host);
        await SayAsync(host, "later");

        Assert.Equal(204, (await host.PostAsync($"{host.Path}/reactions", new { target, emoji = "👍", cursor })).Status);
        Assert.Equal(204, (await host.PostAsync($"{host.Path}/reactions", new { target, emoji = "👍" })).Status);
        Assert.Equal(
            204, (await host.PostAsync($"{host.Path}/reactions", new { target, emoji = "🎉", cursor = await CursorAsync(host) })).Status);

        var page = (await host.GetAsync($"{host.Path}/events?after={cursor}")).Json.GetProperty("events").EnumerateArray();
        Assert.Equal(2, page.Count(e => e.GetProperty("type").GetString() == EventTypes.Reaction));
    }

    [Fact]
    public async Task Reaction_Seen_In_Another_History_Is_Refused()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await _hub.CreateRoomAsync();
        var target = await SayAsync(host, "hello");
        await SayAsync(other, "something else");

        string[] cursors =
        [
            await CursorAsync(other),
            $"0100{new string('0', 32)}:{target}",
            $"31e66ae0:{target}",
            $"{(await CursorAsync(host)).Split(':')[0]}:{target + 1}",
        ];
        foreach (var cursor in cursors)
            (await host.PostAsync($"{host.Path}/reactions", new { target, emoji = "👍", cursor })).IsProblem(409, ErrorCodes.Conflict);
    }

    [Theory]
    [InlineData(1, "nonsense", "👍", 400, "invalid")]
    [InlineData(0, null, "👍", 404, "not_found")]
    [InlineData(1_000_000, null, "👍", 404, "not_found")]
    [InlineData(1, null, "", 400, "invalid")]
    public async Task Reaction_That_Makes_No_Sense_Is_Refused(long target, string? cursor, string emoji, int status, string code)
    {
        var host = await _hub.CreateRoomAsync();

        (await host.PostAsync($"{host.Path}/reactions", new { target, emoji, cursor })).IsProblem(status, code);
    }

    [Fact]
    public async Task Cursor_From_Before_The_Target_Is_Refused()
    {
        var host = await _hub.CreateRoomAsync();
        var before = await CursorAsync(host);
        var target = await SayAsync(host, "hello");

        (await host.PostAsync($"{host.Path}/reactions", new { target, emoji = "👍", cursor = before })).IsProblem(400, ErrorCodes.Invalid);
    }

    private static async Task<long> SayAsync(MemberCaller host, string text) =>
        (await host.PostAsync($"{host.Path}/messages", new { text })).Json.GetProperty("sequence").GetInt64();

    private static async Task<string> CursorAsync(MemberCaller host) =>
        (await host.GetAsync(host.Path)).Json.GetProperty("cursor").GetString()!;
}
