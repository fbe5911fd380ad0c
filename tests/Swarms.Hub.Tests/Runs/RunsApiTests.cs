using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>Lists of runs, page by page, and the search in them.</summary>
public sealed class RunsApiTests(SharedHub shared)
{
    private static readonly object Short = new { chunksPerSecond = 0, chunks = 1 };

    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Pages_Show_Each_Run_Once_Newest_First_While_Others_Are_Started(int limit)
    {
        var host = await _hub.CreateRoomAsync();
        var started = new List<string>();
        foreach (var number in Enumerable.Range(0, 12))
            started.Add((await host.FinishRunAsync(Short, $"Task {number}")).GetProperty("id").GetString()!);

        var seen = new List<string>();
        for (string? before = null; ;)
        {
            var page = (await host.GetAsync($"{host.Path}/runs?limit={limit}{(before is null ? "" : $"&before={before}")}")).Json;
            seen.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetString()!));
            await host.FinishRunAsync(Short, "Newer than the first page");
            before = page.GetProperty("next").GetString();
            if (before is null)
                break;
        }

        Assert.Equal(Enumerable.Reverse(started), seen);
    }

    [Fact]
    public async Task Search_Goes_On_Page_By_Page_As_Well()
    {
        var host = await _hub.CreateRoomAsync();
        foreach (var number in Enumerable.Range(0, 9))
            await host.FinishRunAsync(Short, number % 2 == 0 ? $"Paint {number}" : $"Write {number}");

        var found = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = (await host.GetAsync($"{host.Path}/runs?q=pAINT&limit=2{next}")).Json;
            Assert.InRange(page.GetProperty("runs").GetArrayLength(), 1, 2);
            found.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("task").GetString()!));
            next = page.GetProperty("next").GetString() is { } before ? $"&before={before}" : null;
        }

        Assert.Equal(["Paint 8", "Paint 6", "Paint 4", "Paint 2", "Paint 0"], found);
    }

    [Fact]
    public async Task Search_Looks_Into_Texts_And_Only_Into_This_Room()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var other = await scripted.Hub.CreateRoomAsync();
        foreach (var member in new[] { scripted.Host, other })
        {
            scripted.Upstream.Answer().Body(Sse.Chunk("The rob") + Sse.Chunk("ot painted 100% blue.") + Sse.Done);
            await member.EndedAsync((await member.StartAsync()).Id);
        }

        var found = await scripted.Host.GetAsync($"{scripted.Host.Path}/runs?q={Uri.EscapeDataString("robot painted 100% b")}");

        Assert.Single(found.Json.GetProperty("runs").EnumerateArray());
        Assert.Empty((await other.GetAsync($"{other.Path}/runs?q=red")).Json.GetProperty("runs").EnumerateArray());
    }
}
