using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.EndToEnd;

/// <summary>The log decides the order, even if the clock jumps between two starts.</summary>
public sealed class ClockTests
{
    private static readonly object Short = new { chunksPerSecond = 0, chunks = 1 };

    [Fact]
    public async Task Runs_Members_And_Transcripts_Keep_Their_Order_Where_The_Clock_Went_Back()
    {
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        await using var before = HubUnderTest.Start(new FakeTimeProvider(now));
        var host = await before.CreateRoomAsync();
        await AddAsync(host, 0);
        await before.StopAsync();

        await using var after = HubUnderTest.Start(new FakeTimeProvider(now.AddDays(-2)), ("Storage:Path", before.DatabasePath));
        host = host.At(after.Address);
        await AddAsync(host, 3);
        await after.StopAsync();

        // The new hub has nothing in memory and loads the room from the store.
        await using var loaded = HubUnderTest.Start(new FakeTimeProvider(now.AddDays(-4)), ("Storage:Path", before.DatabasePath));
        host = host.At(loaded.Address);
        var snapshot = (await host.GetAsync(host.Path)).Json;
        Assert.Equal(
            ["Ann", "M0", "M1", "M2", "M3", "M4", "M5"],
            snapshot.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));
        Assert.Equal(
            [.. Enumerable.Range(0, 6).Select(i => $"Question {i}")],
            snapshot.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("task").GetString()));
        Assert.Equal([.. Enumerable.Range(0, 6).Reverse().Select(i => $"Question {i}")], await ListAsync(host));
        var transcript = (await host.GetAsync($"{host.Path}/transcript?format=txt")).Text;
        var places = Enumerable.Range(0, 6)
            .SelectMany(i => (string[])[$"Question {i}", $"said {i}"])
            .Select(text => transcript.IndexOf(text, StringComparison.Ordinal))
            .ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    private static async Task AddAsync(MemberCaller host, int from)
    {
        for (var i = from; i < from + 3; i++)
        {
            await host.InviteAsync(MemberRoles.Viewer, $"M{i}");
            await host.FinishRunAsync(Short, $"Question {i}");
            Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = $"said {i}" })).Status);
        }
    }

    private static async Task<List<string?>> ListAsync(MemberCaller host)
    {
        var tasks = new List<string?>();
        for (var next = ""; next is not null;)
        {
            var page = (await host.GetAsync($"{host.Path}/runs?limit=2{next}")).Json;
            tasks.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("task").GetString()));
            next = page.GetProperty("next").GetString() is { } before ? $"&before={before}" : null;
        }

        return tasks;
    }
}
