using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <content>Passages of runs, in messages and reactions.</content>
public sealed partial class RoomMessagesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passage_Of_A_Run_Is_Quoted_And_Reacted_To_By_Reference(bool isOverHub)
    {
        var (host, guest) = await RoomWithAsync(MemberRoles.Viewer);
        var (run, chunks) = await RunAsync(host);
        await using var door = await TalkDoor.OpenAsync(guest, isOverHub);
        var passage = new { run, from = chunks[0].Sequence, fromOffset = 1, to = chunks[1].Sequence, toOffset = 1 };

        Assert.Null(await door.SayAsync(new { text = "look here", quote = passage }));
        Assert.Null(await door.ReactAsync(new { emoji = "👍", passage }));
        Assert.Null(await door.ReactAsync(new { emoji = "👍", passage, target = passage.from }));
        Assert.Null(await door.ReactAsync(new { emoji = "👍", passage = passage with { fromOffset = 0 } }));
        Assert.Null(await door.UnreactAsync(new { emoji = "👍", passage = passage with { fromOffset = 0 } }));

        var start = 1;
        var end = chunks[0].Content.Length + 1;
        var found = (await guest.GetAsync($"{host.Path}/runs/{run}/passage?start={start}&end={end}")).Json;
        Assert.Equal(JsonSerializer.Serialize(passage), found.GetProperty("passage").GetRawText());
        Assert.Equal("Leaves are green"[start..end], found.GetProperty("text").GetString());
        var byChunks = $"from={passage.from}&fromOffset=1&to={passage.to}&toOffset=1";
        Assert.Equal(found.GetRawText(), (await guest.GetAsync($"{host.Path}/runs/{run}/passage?{byChunks}")).Json.GetRawText());

        var quote = (await MessagesAsync(host))[^1].GetProperty("quote");
        Assert.Equal(JsonSerializer.Serialize(passage), quote.GetRawText());
        var shown = (await host.GetAsync(host.Path)).Json.GetProperty("runs")[0].GetProperty("reactions");
        var reaction = Assert.Single(shown.EnumerateArray());
        Assert.Equal(JsonSerializer.Serialize(passage), reaction.GetProperty("passage").GetRawText());
        Assert.Equal(guest.Member, Assert.Single(reaction.GetProperty("by").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passage_That_There_Is_Not_Is_Refused_With_Its_Code(bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var other = await _hub.CreateRoomAsync();
        var (run, chunks) = await RunAsync(host);
        var (foreign, _) = await RunAsync(other);
        await using var door = await TalkDoor.OpenAsync(host, isOverHub);
        var (first, second) = (chunks[0], chunks[1]);
        var passage = new { run, from = first.Sequence, fromOffset = 0, to = second.Sequence, toOffset = 1 };
        var head = await HeadAsync(host);
        (object Passage, string Code)[] wrong =
        [
            (passage with { run = foreign }, ErrorCodes.NotFound),
            (passage with { run = "nobody" }, ErrorCodes.NotFound),
            (passage with { to = head + 5 }, ErrorCodes.NotFound),
            (passage with { from = 1 }, ErrorCodes.NotFound),
            (passage with { from = second.Sequence, to = first.Sequence }, ErrorCodes.Invalid),
            (passage with { to = first.Sequence, fromOffset = 1, toOffset = 1 }, ErrorCodes.Invalid),
            (passage with { fromOffset = -1 }, ErrorCodes.Invalid),
            (passage with { fromOffset = first.Content.Length }, ErrorCodes.Invalid),
            (passage with { toOffset = 0 }, ErrorCodes.Invalid),
            (passage with { toOffset = second.Content.Length + 1 }, ErrorCodes.Invalid),
        ];
        foreach (var (quote, code) in wrong)
        {
            Assert.Equal((code, quote), (await door.SayAsync(new { text = "look", quote }), quote));
            Assert.Equal(code, await door.ReactAsync(new { emoji = "👍", passage = quote }));
        }

        Assert.Equal(ErrorCodes.Invalid, await door.ReactAsync(new { emoji = "👍", passage, target = second.Sequence }));
        Assert.Equal(head, await HeadAsync(host));
    }

    [Theory]
    [InlineData("start=3&end=3", 400, "invalid")]
    [InlineData("start=-1&end=3", 400, "invalid")]
    [InlineData("start=0&end=17", 400, "invalid")]
    [InlineData("start=0", 400, "invalid")]
    [InlineData("start=x&end=3", 400, "invalid")]
    [InlineData("from=1&fromOffset=0&to=1&toOffset=1", 404, "not_found")]
    public async Task Place_Of_No_Passage_Is_Refused(string query, int status, string code)
    {
        var host = await _hub.CreateRoomAsync();
        var (run, _) = await RunAsync(host);

        (await host.GetAsync($"{host.Path}/runs/{run}/passage?{query}")).IsProblem(status, code);
        Assert.Equal(200, (await host.GetAsync($"{host.Path}/runs/{run}/passage?start=0&end=16")).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);
        (await host.GetAsync($"{host.Path}/runs/{run}/passage?start=0&end=16")).IsProblem(409, ErrorCodes.Conflict);
    }

    private static async Task<(string Run, IReadOnlyList<(long Sequence, string Content)> Chunks)> RunAsync(MemberCaller host)
    {
        var run = await host.FinishRunAsync(new { text = "Leaves are green", chunksPerSecond = 0 });
        var id = run.GetProperty("id").GetString()!;
        var events = (await host.GetAsync($"{host.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray();
        return (id, [
            .. events.Where(e => e.GetProperty("type").GetString() == EventTypes.Chunk && e.GetProperty("run").GetString() == id)
                .Select(e => (e.GetProperty("sequence").GetInt64(), e.GetProperty("data").GetProperty("content").GetString()!)),
        ]);
    }
}
