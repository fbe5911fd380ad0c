using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// Removed and edited text is gone from every answer and every file, the chain verifies, and everybody folds the same state: those who saw
/// the text, those who come later, and the hub after a restart.
/// </summary>
public sealed class ErasureTests
{
    private static readonly string[] Secrets =
        ["the-first-text", "the-edited-text", "removed-by-a-host", "a-secret-task", "a-secret-answer"];

    [Fact]
    public async Task Erased_Text_Is_In_No_Answer_And_In_No_File_And_The_Rest_Is()
    {
        await using var hub = HubUnderTest.Start();
        var host = await TellAsync(hub);

        string[] paths =
        [
            "", "/events?limit=1000", "/messages", "/runs", "/transcript", "/transcript?format=json", "/transcript?format=html",
            "/transcript?format=replay",
        ];
        foreach (var path in paths)
        {
            var answer = await host.GetAsync(host.Path + path);
            Assert.Equal(200, answer.Status);
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
        }

        Assert.Contains("the-last-text", (await host.GetAsync($"{host.Path}/transcript")).Text, StringComparison.Ordinal);
        await UntilAsync(() => !Secrets.Any(secret => IsInFiles(hub, secret)));
        Assert.True(IsInFiles(hub, "the-last-text"));
        Assert.True(IsInFiles(hub, "a-task-that-stays"));
    }

    [Fact]
    public async Task Removed_Message_That_Agents_Answered_Leaves_No_Copy_In_Their_Runs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("an answer that stays") + Sse.Done);
        var (hub, host) = (scripted.Hub, scripted.Host);
        await host.AddWriterAsync(answersMentions: true);
        var guest = await host.InviteAsync(MemberRoles.Participant);
        var message = await guest.SayAsync("@writer, the-first-text");
        var run = await AgentMentionsTests.AnswerToAsync(host, message);
        await host.EndedAsync(run.Id);
        Assert.Contains("the-first-text", (await host.GetAsync($"{host.Path}/runs/{run.Id}/transcript")).Text, StringComparison.Ordinal);
        Assert.Equal(204, (await guest.PatchAsync($"{host.Path}/messages/{message}", new { text = "@writer, the-edited-text" })).Status);
        foreach (var path in (string[])["/transcript", $"/runs/{run.Id}/transcript?format=html", "/transcript?format=txt"])
        {
            var edited = (await host.GetAsync(host.Path + path)).Text;
            Assert.Contains("the-edited-text", edited, StringComparison.Ordinal);
            Assert.DoesNotContain("the-first-text", edited, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings = new { moderated = true } })).Status);
        var proposal = await guest.SayAsync("@writer, a-secret-task");
        await AgentMentionsTests.AnswerToAsync(host, proposal, EventTypes.RunProposed);

        Assert.Equal(204, (await guest.DeleteAsync($"{host.Path}/messages/{message}")).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{proposal}")).Status);

        var own = $"/runs/{run.Id}/transcript?format=";
        string[] paths =
        [
            "", "/events?limit=1000", "/messages", "/runs", $"/runs/{run.Id}", "/transcript", "/transcript?format=json",
            "/transcript?format=html", "/transcript?format=txt", "/transcript?format=replay", $"{own}md", $"{own}txt",
            $"{own}json", $"{own}html",
        ];
        foreach (var path in paths)
        {
            var answer = await host.GetAsync(host.Path + path);
            Assert.Equal(200, answer.Status);
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
            if (path.Contains("transcript", StringComparison.Ordinal) && path.Split('=')[^1] is not ("json" or "replay"))
                Assert.Contains("The message was removed.", answer.Text, StringComparison.Ordinal);
        }

        foreach (var secret in Secrets)
            Assert.Empty((await host.GetAsync($"{host.Path}/runs?q={secret}")).Json.GetProperty("runs").EnumerateArray());

        await UntilAsync(() => !Secrets.Any(secret => IsInFiles(hub, secret)));
        Assert.True(IsInFiles(hub, "an answer that stays"));
    }

    [Fact]
    public async Task Everybody_Folds_The_Same_State_Over_Erased_Events()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await using var early = await FeedReader.OpenAsync(host);
        var seen = new RoomState(Read<RoomFrame>((await early.NextAsync())!.Value.Data));
        host = await TellAsync(hub, host);
        var head = (await host.GetAsync(host.Path)).Json;
        var cursor = head.GetProperty("cursor").GetString()!;

        var texts = new List<string>();
        for (var sequence = 2L; sequence < long.Parse(cursor.Split(':')[1], null);)
        {
            var item = (await early.NextAsync())!.Value;
            if (item.EventType is SseEvents.Ping)
                continue;

            var roomEvent = Read<RoomEvent>(item.Data);
            Assert.Equal(++sequence, roomEvent.Sequence);
            texts.Add(item.Data);
            seen.Apply(roomEvent);
        }

        // The early viewer saw what is gone; the late one gets the same events without it.
        Assert.Contains(texts, text => text.Contains("the-first-text", StringComparison.Ordinal));
        var late = new RoomState(new Room { Id = host.Room, Name = "", CreatedAt = seen.Room.CreatedAt });
        await using (var feed = await FeedReader.OpenAsync(host, $"{host.Path}/events?after=0"))
        {
            Assert.Equal(FrameKinds.Resumed, (await feed.NextAsync())!.Value.EventType);
            for (var sequence = 1; sequence <= texts.Count + 2; sequence++)
            {
                var item = (await feed.NextAsync())!.Value;
                Assert.All(Secrets, secret => Assert.DoesNotContain(secret, item.Data, StringComparison.Ordinal));
                Assert.Equal(sequence, Read<RoomEvent>(item.Data).Sequence);
                late.Apply(Read<RoomEvent>(item.Data));
            }
        }

        Assert.Equal(Json(seen, cursor), Json(late, cursor));
        Assert.Equal(Json(seen, cursor), Json(head, cursor));

        await hub.StopAsync();
        await using var again = hub.Restart();
        Assert.Equal(Json(seen, cursor), Json((await host.At(again.Address).GetAsync(host.Path)).Json, cursor));
        await using var resumed = await FeedReader.OpenAsync(host.At(again.Address), ("Last-Event-ID", cursor));
        Assert.Equal(FrameKinds.Resumed, (await resumed.NextAsync())!.Value.EventType);
    }

    [Fact]
    public async Task Viewer_Between_A_Message_And_Its_Removal_Resumes_Without_The_Text()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var before = (await host.GetAsync(host.Path)).Json.GetProperty("cursor").GetString()!;
        var said = await SayAsync(host, "the-first-text");
        var between = (await host.GetAsync(host.Path)).Json.GetProperty("cursor").GetString()!;
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{said}")).Status);

        // The tail in memory had the message a moment ago.
        await using var feed = await FeedReader.OpenAsync(host, ("Last-Event-ID", before));
        Assert.Equal(FrameKinds.Resumed, (await feed.NextAsync())!.Value.EventType);
        var erased = Read<RoomEvent>((await feed.NextAsync())!.Value.Data);
        Assert.Equal((EventTypes.Message, $$"""{"erased":{{said + 1}},"length":14}"""), (erased.Type, erased.Data.GetRawText()));
        Assert.Equal(EventTypes.MessageRemoved, (await feed.NextAsync())!.Value.EventType);
        await using var other = await FeedReader.OpenAsync(host, ("Last-Event-ID", between));
        Assert.Equal(FrameKinds.Resumed, (await other.NextAsync())!.Value.EventType);
        Assert.Equal(EventTypes.MessageRemoved, (await other.NextAsync())!.Value.EventType);
    }

    [Fact]
    public async Task Full_Room_Still_Lets_Messages_And_Runs_Be_Removed()
    {
        await using var hub = HubUnderTest.Start(("Rooms:MaxStoredBytes", "1048576"));
        var host = await hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { text = "a short answer", chunksPerSecond = 0 })).GetProperty("id").GetString()!;
        var said = new List<long>();
        Answer answer;
        while ((answer = await host.PostAsync($"{host.Path}/messages", new { text = new string('x', 16_384) })).Status == 201)
            said.Add(answer.Json.GetProperty("sequence").GetInt64());

        answer.IsProblem(507, ErrorCodes.RoomFull);
        (await host.PatchAsync($"{host.Path}/messages/{said[0]}", new { text = "short" })).IsProblem(507, ErrorCodes.RoomFull);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);
        foreach (var one in said)
            Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{one}")).Status);

        // The room is empty again, and takes what it took before.
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = "hello" })).Status);
    }

    // Says, edits and removes; runs and removes a run; reacts. The last of each stays.
    private static async Task<MemberCaller> TellAsync(HubUnderTest hub, MemberCaller? given = null)
    {
        var host = given ?? await hub.CreateRoomAsync();
        var guest = await host.InviteAsync(MemberRoles.Viewer);
        var edited = await SayAsync(guest, "the-first-text");
        Assert.Equal(204, (await guest.PostAsync($"{host.Path}/reactions", new { target = edited, emoji = "👍" })).Status);
        foreach (var text in (string[])["the-edited-text", "the-last-text"])
            Assert.Equal(204, (await guest.PatchAsync($"{host.Path}/messages/{edited}", new { text })).Status);

        var removed = await SayAsync(guest, "removed-by-a-host");
        Assert.Equal(204, (await guest.PatchAsync($"{host.Path}/messages/{removed}", new { text = "removed-by-a-host, edited" })).Status);
        Assert.Equal(204, (await guest.PostAsync($"{host.Path}/reactions", new { target = removed, emoji = "🎉" })).Status);
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = "an answer", replyTo = removed })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{removed}")).Status);

        var gone = await host.FinishRunAsync(new { text = "a-secret-answer to it", chunksPerSecond = 0 }, "a-secret-task");
        var stays = await host.FinishRunAsync(new { text = "an answer that stays", chunksPerSecond = 0 }, "a-task-that-stays");
        await ReactToTextAsync(host, gone.GetProperty("id").GetString()!);
        await ReactToTextAsync(host, stays.GetProperty("id").GetString()!);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{gone.GetProperty("id").GetString()}")).Status);
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Put, $"{host.Path}/hands/me", null)).Status);
        return host;
    }

    private static async Task ReactToTextAsync(MemberCaller host, string run)
    {
        var chunk = (await host.GetAsync($"{host.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray()
            .First(e => e.GetProperty("type").GetString() == EventTypes.Chunk && e.GetProperty("run").GetString() == run)
            .GetProperty("sequence").GetInt64();
        var passage = new { run, from = chunk, fromOffset = 0, to = chunk, toOffset = 1 };
        Assert.Equal(204, (await host.PostAsync($"{host.Path}/reactions", new { emoji = "👍", passage })).Status);
    }

    private static async Task<long> SayAsync(MemberCaller member, string text) =>
        (await member.PostAsync($"{member.Path}/messages", new { text })).Json.GetProperty("sequence").GetInt64();

    private static bool IsInFiles(HubUnderTest hub, string text)
    {
        var searched = Encoding.UTF8.GetBytes(text);
        var files = Directory.GetFiles(Path.GetDirectoryName(hub.DatabasePath)!);
        return files.Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(searched) >= 0;
        });
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ProtocolJson.Options)!;

    private static string Json(RoomState state, string cursor) =>
        JsonSerializer.Serialize(state.ToSnapshot(cursor, SnapshotReasons.First), ProtocolJson.Options);

    private static string Json(JsonElement room, string cursor) =>
        Json(new RoomState(room.Deserialize<RoomFrame>(ProtocolJson.Options)!), cursor);

    private static Task UntilAsync(Func<bool> condition) => Until.TrueAsync(condition);
}
