using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>Hosts hide, show and remove runs that have ended, over both doors.</summary>
public sealed class RunRemovalTests(SharedHub shared)
{
    private const string Secret = "the text to be removed";

    private static readonly object Told = new { text = Secret, chunksPerSecond = 0 };

    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [MemberData(nameof(RoomMessagesTests.RolesAndDoors), MemberType = typeof(RoomMessagesTests))]
    public async Task Only_Hosts_Hide_Show_And_Remove_Runs(string role, bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var member = await host.InviteAsync(role);
        var run = (await host.FinishRunAsync(Told)).GetProperty("id").GetString()!;
        await using var door = await TalkDoor.OpenAsync(member, isOverHub);
        var code = role == MemberRoles.Host ? null : ErrorCodes.Forbidden;

        Assert.Equal(code, await door.HideRunAsync(run));
        Assert.Equal(code is null, (await RunAsync(host, run)).TryGetProperty("hiddenBy", out _));
        Assert.Equal(code, await door.ShowRunAsync(run));
        Assert.False((await RunAsync(host, run)).TryGetProperty("hiddenBy", out _));
        Assert.Equal(code, await door.RemoveRunAsync(run));

        var hasText = (await RunAsync(host, run)).TryGetProperty("text", out var text);
        Assert.Equal(code is null ? null : Secret, hasText ? text.GetString() : null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_That_Has_Not_Ended_Is_Refused_And_Goes_On(bool isOverHub)
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(new { chunks = 4, chunksPerSecond = 0, fault = "silence" });
        await using var door = await TalkDoor.OpenAsync(host, isOverHub);

        Assert.Equal(ErrorCodes.Conflict, await door.HideRunAsync(run));
        Assert.Equal(ErrorCodes.Conflict, await door.RemoveRunAsync(run));
        Assert.Equal(ErrorCodes.NotFound, await door.RemoveRunAsync("nobody"));

        Assert.Equal(200, (await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { })).Status);
        Assert.Null(await door.RemoveRunAsync(run));
        Assert.Null(await door.RemoveRunAsync(run));
        Assert.Equal(ErrorCodes.Conflict, await door.HideRunAsync(run));
        Assert.Equal(host.Member, (await RunAsync(host, run)).GetProperty("removedBy").GetString());
    }

    [Fact]
    public async Task Removed_Run_Keeps_Its_Place_And_Its_Figures_And_Nothing_That_It_Said()
    {
        var host = await _hub.CreateRoomAsync();
        var before = await host.FinishRunAsync(Told, "a task that is secret");
        var id = before.GetProperty("id").GetString()!;

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{id}")).Status);

        var run = await RunAsync(host, id);
        foreach (var field in (string[])["id", "kind", "by", "state", "queuedAt", "startedAt", "lastChunkAt", "endedAt", "usage"])
            Assert.Equal(before.GetProperty(field).GetRawText(), run.GetProperty(field).GetRawText());

        Assert.Equal(Secret.Length, run.GetProperty("textLength").GetInt32());
        Assert.Equal(
            ["id", "kind", "agent", "task", "by", "state", "queuedAt", "startedAt", "lastChunkAt", "endedAt", "usage", "removedBy",
                "removedAt", "textLength"],
            run.EnumerateObject().Select(field => field.Name));
        string[] paths =
        [
            "", "/events?limit=1000", "/runs", "/transcript?format=md", "/transcript?format=json", $"/runs/{id}",
            "/transcript?format=txt", "/transcript?format=html", "/transcript?format=replay", $"/runs/{id}/transcript",
            $"/runs/{id}/transcript?format=json",
        ];
        foreach (var path in paths)
        {
            var answer = await host.GetAsync(host.Path + path);
            Assert.Equal(200, answer.Status);
            Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("removed text", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("to be removed", answer.Text, StringComparison.Ordinal);
            // The name of its agent stays in the sums, and nowhere else.
            var besides = answer.Text.Replace("\"key\":\"Writer\"", "", StringComparison.Ordinal);
            Assert.DoesNotContain("Writer", besides, StringComparison.Ordinal);
        }

        foreach (var query in (string[])["secret", "removed"])
            Assert.Empty((await host.GetAsync($"{host.Path}/runs?q={query}")).Json.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Passage_Of_A_Removed_Run_Is_Refused()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(Told)).GetProperty("id").GetString()!;
        var chunk = (await host.GetAsync($"{host.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray()
            .First(e => e.GetProperty("type").GetString() == EventTypes.Chunk).GetProperty("sequence").GetInt64();
        var passage = new { run, from = chunk, fromOffset = 0, to = chunk, toOffset = 1 };
        Assert.Equal(204, (await host.PostAsync($"{host.Path}/reactions", new { emoji = "👍", passage })).Status);

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);

        (await host.PostAsync($"{host.Path}/messages", new { text = "look", quote = passage })).IsProblem(409, ErrorCodes.Conflict);
        (await host.PostAsync($"{host.Path}/reactions", new { emoji = "🎉", passage })).IsProblem(409, ErrorCodes.Conflict);
        (await host.PostAsync($"{host.Path}/reactions", new { emoji = "🎉", target = chunk })).IsProblem(409, ErrorCodes.Conflict);
        Assert.False((await RunAsync(host, run)).TryGetProperty("reactions", out _));
    }

    [Fact]
    public async Task Hidden_Run_Is_Not_In_Transcripts_For_People_And_Comes_Back()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(Told)).GetProperty("id").GetString()!;
        string[] formats = ["md", "txt", "html"];
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Post, $"{host.Path}/runs/{run}/hide", null)).Status);
        foreach (var format in formats)
            Assert.DoesNotContain(Secret, (await host.GetAsync($"{host.Path}/transcript?format={format}")).Text, StringComparison.Ordinal);

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Post, $"{host.Path}/runs/{run}/show", null)).Status);

        foreach (var format in formats)
            Assert.Contains(Secret, (await host.GetAsync($"{host.Path}/transcript?format={format}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idempotency_Key_Of_A_Removed_Run_Answers_Without_Its_Text_And_Starts_Nothing()
    {
        var host = await _hub.CreateRoomAsync();
        var body = new { request = new { task = "a task that is secret", simulation = Told }, idempotencyKey = "once" };
        var run = (await host.PostAsync($"{host.Path}/runs", body)).Json.GetProperty("run").GetProperty("id").GetString()!;
        await using (var feed = await FeedReader.OpenAsync(host))
            await feed.UntilEndOfAsync(run);

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);

        (await host.PostAsync($"{host.Path}/runs", body)).IsProblem(409, ErrorCodes.Conflict);
        Assert.Single((await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Repeated_Call_At_A_Door_Gets_Nothing_Of_A_Removed_Run()
    {
        var host = await _hub.CreateRoomAsync();
        var body = new { agent_config = new { agent_name = "Writer" }, task = "a task that is secret", simulation = Told };
        Assert.Equal(200, (await host.PostAsync("/v1/agent/completions", body)).Status);
        var run = (await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs")[0].GetProperty("id").GetString();
        var again = await host.PostAsync("/v1/agent/completions", body, ("X-Stainless-Retry-Count", "1"));
        Assert.Equal((200, run), (again.Status, again.Headers["X-Run-Id"]));

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);

        var refused = (await host.PostAsync("/v1/agent/completions", body, ("X-Stainless-Retry-Count", "1"))).IsDetail(409);
        Assert.DoesNotContain("secret", refused.Text, StringComparison.Ordinal);
        Assert.Single((await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }

    private static async Task<JsonElement> RunAsync(MemberCaller host, string run)
    {
        var fetched = (await host.GetAsync($"{host.Path}/runs/{run}")).Json;
        var shown = (await host.GetAsync(host.Path)).Json.GetProperty("runs").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == run);
        Assert.Equal(shown.GetRawText(), fetched.GetRawText());
        return fetched;
    }
}
