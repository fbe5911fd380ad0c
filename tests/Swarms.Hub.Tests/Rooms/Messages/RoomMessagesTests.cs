using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <summary>People answer, quote, edit and remove messages, and take reactions back, over both doors.</summary>
public sealed partial class RoomMessagesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    public static TheoryData<string, bool> RolesAndDoors { get; } = new(
        from role in (string[])[MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer]
        from isOverHub in (bool[])[false, true]
        select (role, isOverHub));

    [Theory]
    [MemberData(nameof(RolesAndDoors))]
    public async Task Author_Edits_Its_Own_Message_And_Nobody_Edits_Anothers(string role, bool isOverHub)
    {
        var (host, member) = await RoomWithAsync(role);
        var (own, others) = (await SayAsync(member, "mine"), await SayAsync(host, "the host's"));
        await using var door = await TalkDoor.OpenAsync(member, isOverHub);

        Assert.Null(await door.EditAsync(own, "mine, edited"));
        Assert.Equal(ErrorCodes.Forbidden, await door.EditAsync(others, "forged"));

        var messages = await MessagesAsync(host);
        Assert.Equal(("mine, edited", true), (Text(messages[0]), messages[0].TryGetProperty("editedAt", out _)));
        Assert.Equal(("the host's", false), (Text(messages[1]), messages[1].TryGetProperty("editedAt", out _)));
    }

    [Theory]
    [MemberData(nameof(RolesAndDoors))]
    public async Task Author_Removes_Its_Own_Message_And_Hosts_Any(string role, bool isOverHub)
    {
        var (host, member) = await RoomWithAsync(role);
        var (own, others) = (await SayAsync(member, "mine"), await SayAsync(host, "the host's"));
        await using var door = await TalkDoor.OpenAsync(member, isOverHub);

        Assert.Null(await door.RemoveAsync(own));
        Assert.Equal(role == MemberRoles.Host ? null : ErrorCodes.Forbidden, await door.RemoveAsync(others));

        var messages = await MessagesAsync(host);
        Assert.Equal(("", member.Member), (Text(messages[0]), messages[0].GetProperty("removedBy").GetString()));
        Assert.Equal(role == MemberRoles.Host ? "" : "the host's", Text(messages[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reply_To_A_Removed_Or_Unknown_Message_Is_Refused_And_Nothing_Is_Appended(bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var (first, gone) = (await SayAsync(host, "first"), await SayAsync(host, "gone"));
        await using var door = await TalkDoor.OpenAsync(host, isOverHub);
        Assert.Null(await door.SayAsync(new { text = "an answer", replyTo = first }));
        Assert.Null(await door.EditAsync(first, "first, edited"));
        Assert.Null(await door.SayAsync(new { text = "another", replyTo = first }));
        Assert.Null(await door.RemoveAsync(gone));
        var head = await HeadAsync(host);

        Assert.Equal(ErrorCodes.Conflict, await door.SayAsync(new { text = "too late", replyTo = gone }));
        Assert.Equal(ErrorCodes.Conflict, await door.EditAsync(gone, "back"));
        Assert.Equal(ErrorCodes.Conflict, await door.ReactAsync(new { target = gone, emoji = "👍" }));
        foreach (var unknown in (long[])[0, 1, -1, head, head + 1, 1_000_000])
        {
            Assert.Equal(ErrorCodes.NotFound, await door.SayAsync(new { text = "to nobody", replyTo = unknown }));
            Assert.Equal(ErrorCodes.NotFound, await door.EditAsync(unknown, "nothing"));
            Assert.Equal(ErrorCodes.NotFound, await door.RemoveAsync(unknown));
        }

        Assert.Equal(head, await HeadAsync(host));
        var messages = await MessagesAsync(host);
        Assert.Equal(
            [first, first],
            messages.Where(m => m.TryGetProperty("replyTo", out _)).Select(m => m.GetProperty("replyTo").GetInt64()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Edit_And_Removal_Given_Twice_Append_Once(bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var said = await SayAsync(host, "hello");
        await using var door = await TalkDoor.OpenAsync(host, isOverHub);
        foreach (var _ in (int[])[1, 2])
            Assert.Null(await door.EditAsync(said, "hello again"));

        foreach (var _ in (int[])[1, 2])
            Assert.Null(await door.RemoveAsync(said));

        Assert.Equal([EventTypes.Message, EventTypes.MessageEdited, EventTypes.MessageRemoved], await TypesAsync(host, said - 1));
    }

    [Theory]
    [InlineData("", "invalid")]
    [InlineData(" ", "invalid")]
    [InlineData(null, "invalid")]
    [InlineData("long", "too_large")]
    public async Task Edit_To_A_Text_That_No_Message_May_Have_Is_Refused(string? text, string code)
    {
        var host = await _hub.CreateRoomAsync();
        var said = await SayAsync(host, "hello");
        foreach (var isOverHub in (bool[])[false, true])
        {
            await using var door = await TalkDoor.OpenAsync(host, isOverHub);
            Assert.Equal(code, await door.EditAsync(said, text == "long" ? new string('x', 16_385) : text!));
        }

        Assert.Equal("hello", Text(Assert.Single(await MessagesAsync(host))));
    }

    [Fact]
    public async Task Target_Seen_In_Another_History_Is_Refused()
    {
        var host = await _hub.CreateRoomAsync();
        var said = await SayAsync(host, "hello");
        var cursor = $"0600{new string('0', 32)}:{said}";

        (await host.PatchAsync($"{host.Path}/messages/{said}", new { text = "other", cursor })).IsProblem(409, ErrorCodes.Conflict);
        (await host.DeleteAsync($"{host.Path}/messages/{said}?cursor={cursor}")).IsProblem(409, ErrorCodes.Conflict);
        (await host.PostAsync($"{host.Path}/messages", new { text = "answer", replyTo = said, cursor }))
            .IsProblem(409, ErrorCodes.Conflict);
        (await host.DeleteAsync($"{host.Path}/messages/{said}?cursor=nonsense")).IsProblem(400, ErrorCodes.Invalid);
        Assert.Equal("hello", Text(Assert.Single(await MessagesAsync(host))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reaction_Is_Taken_Back_By_Its_Giver_Alone_And_May_Be_Given_Again(bool isOverHub)
    {
        var (host, guest) = await RoomWithAsync(MemberRoles.Viewer);
        var said = await SayAsync(host, "hello");
        await using var mine = await TalkDoor.OpenAsync(host, isOverHub);
        await using var theirs = await TalkDoor.OpenAsync(guest, isOverHub);
        var react = new { target = said, emoji = "👍" };
        Assert.Null(await theirs.ReactAsync(react));
        var head = await HeadAsync(host);

        Assert.Null(await mine.UnreactAsync(react));
        Assert.Null(await theirs.UnreactAsync(new { target = said, emoji = "🎉" }));
        Assert.Equal(head, await HeadAsync(host));
        Assert.Null(await theirs.UnreactAsync(react));
        Assert.Empty((await MessagesAsync(host))[0].GetProperty("reactions").EnumerateArray());
        Assert.Null(await theirs.ReactAsync(react));

        Assert.Single((await MessagesAsync(host))[0].GetProperty("reactions").EnumerateArray());
        Assert.Equal([EventTypes.ReactionRemoved, EventTypes.Reaction], await TypesAsync(host, head));
    }

    [Fact]
    public async Task Messages_Are_Listed_Page_By_Page_As_They_Stand()
    {
        var host = await _hub.CreateRoomAsync();
        var said = new List<long>();
        for (var i = 0; i < 7; i++)
            said.Add(await SayAsync(host, $"message {i}"));

        Assert.Equal(204, (await host.PatchAsync($"{host.Path}/messages/{said[1]}", new { text = "edited" })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{said[2]}")).Status);
        Assert.Equal(204, (await host.PostAsync($"{host.Path}/reactions", new { target = said[0], emoji = "👍" })).Status);

        var newest = (await host.GetAsync($"{host.Path}/messages?limit=3")).Json;
        Assert.Equal(said[4..], newest.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("sequence").GetInt64()));
        Assert.Equal(said[4], newest.GetProperty("next").GetInt64());
        var older = (await host.GetAsync($"{host.Path}/messages?limit=4&before={newest.GetProperty("next").GetInt64()}")).Json;
        Assert.Equal(JsonValueKind.Null, older.GetProperty("next").ValueKind);
        Assert.Equal(["message 0", "edited", "", "message 3"], older.GetProperty("messages").EnumerateArray().Select(Text));
        var state = (await host.GetAsync(host.Path)).Json.GetProperty("messages").EnumerateArray().Select(m => m.GetRawText()).ToList();
        Assert.Equal(state[..4], older.GetProperty("messages").EnumerateArray().Select(m => m.GetRawText()));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("before=x")]
    [InlineData("before=-1")]
    public async Task Page_Of_Messages_That_Makes_No_Sense_Is_Refused(string query)
    {
        var host = await _hub.CreateRoomAsync();

        (await host.GetAsync($"{host.Path}/messages?{query}")).IsProblem(400, ErrorCodes.Invalid);
    }

    private async Task<(MemberCaller Host, MemberCaller Member)> RoomWithAsync(string role)
    {
        var host = await _hub.CreateRoomAsync();
        return (host, await host.InviteAsync(role));
    }

    private static async Task<long> SayAsync(MemberCaller member, string text) =>
        (await member.PostAsync($"{member.Path}/messages", new { text })).Json.GetProperty("sequence").GetInt64();

    private static async Task<IReadOnlyList<JsonElement>> MessagesAsync(MemberCaller member) =>
        [.. (await member.GetAsync(member.Path)).Json.GetProperty("messages").EnumerateArray()];

    private static async Task<long> HeadAsync(MemberCaller member) =>
        long.Parse((await member.GetAsync(member.Path)).Json.GetProperty("cursor").GetString()!.Split(':')[1], null);

    private static async Task<IReadOnlyList<string>> TypesAsync(MemberCaller member, long after) =>
        [.. (await member.GetAsync($"{member.Path}/events?after={after}")).Json.GetProperty("events").EnumerateArray()
            .Select(e => e.GetProperty("type").GetString()!)];

    private static string Text(JsonElement message) => message.GetProperty("text").GetString()!;
}
