using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.Chat;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>Answers at the chat door, streamed and not.</summary>
public sealed class ChatCompletionsTests
{
    private static readonly string Tools =
        OpenAiVendor.Chunk(new { reasoning_content = "Let me " }) + OpenAiVendor.Chunk(new { reasoning_content = "look." })
        + OpenAiVendor.Chunk(new { tool_calls = new[] { Call(0, "call_a", "weather", """{"city":"Köln"}""") } })
        + OpenAiVendor.Chunk(new { tool_calls = new[] { Call(1, "call_b", "time", "{}") } })
        + OpenAiVendor.Chunk(new { }, "tool_calls") + "data: [DONE]\n\n";

    [Fact]
    public async Task Stream_Has_A_Role_The_Text_A_Reason_And_An_End()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon 🤖") + ChatCalls.Usage + Sse.Done);
        using var door = await scripted.OpenAsync();

        var answer = await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed);
        var frames = await answer.FramesAsync();

        Assert.Equal(
            (200, "text/event-stream", "false"), (answer.Status, answer.Headers["Content-Type"], answer.Headers["x-should-retry"]));
        Assert.Equal("[DONE]", frames[^1]);
        Assert.Equal(("Once upon 🤖", "stop"), (ChatCalls.TextOf(frames), ChatCalls.FinishOf(frames)));
        Assert.Equal("assistant", ChatCalls.Deltas(frames).First().GetProperty("role").GetString());
        var run = await scripted.Host.FindAsync(answer.RunId);
        foreach (var chunk in frames.SkipLast(1).Select(frame => JsonElement.Parse(frame)))
        {
            Assert.Equal(
                ($"chatcmpl-{run.Id}", "chat.completion.chunk", "gpt-4.1", run.QueuedAt.ToUnixTimeSeconds()),
                (chunk.GetProperty("id").GetString(), chunk.GetProperty("object").GetString(), chunk.GetProperty("model").GetString(),
                    chunk.GetProperty("created").GetInt64()));
            Assert.False(chunk.TryGetProperty("usage", out _));
        }

        Assert.Equal(("done", "Once upon 🤖", "Tell a story"), (run.State, run.Text, run.Task));
        Assert.Equal(("Assistant", "gpt-4.1"), (run.Agent.Name, run.Agent.Model));
    }

    [Fact]
    public async Task Usage_Comes_In_A_Chunk_Of_Its_Own_Where_It_Is_Asked_For()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(ChatCalls.Usage + Sse.Chunk("Once") + Sse.Done);
        using var door = await scripted.OpenAsync();
        var body = ChatCalls.With(ChatCalls.Streamed, ("stream_options", new JsonObject { ["include_usage"] = true }));

        var frames = await (await door.ChatAsync(scripted.Host.Token!, body)).FramesAsync();

        var chunks = frames.SkipLast(1).Select(frame => JsonElement.Parse(frame)).ToList();
        Assert.Empty(chunks[^1].GetProperty("choices").EnumerateArray());
        var usage = chunks[^1].GetProperty("usage");
        Assert.Equal(
            """{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"cost":0.5}""", usage.GetRawText());
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
    }

    [Fact]
    public async Task Answer_That_Is_Not_Streamed_Is_One_Json_And_The_Room_Watches_It_Grow()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(goOn.Task).Body(Sse.Chunk("upon") + ChatCalls.Usage + Sse.Done);
        await using var viewer = await TestViewer.JoinAsync(scripted.Hub.Address, scripted.Host.Admission);

        var asking = scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed);
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        goOn.SetResult();
        var answer = await asking;

        Assert.Equal((200, "application/json"), (answer.Status, answer.Headers["Content-Type"]));
        var run = answer.Headers["X-Run-Id"];
        var created = (await scripted.Host.FindAsync(run)).QueuedAt.ToUnixTimeSeconds();
        Assert.Equal(
            $$$"""
            {"id":"chatcmpl-{{{run}}}","object":"chat.completion","created":{{{created}}},"model":"gpt-4.1","choices":[{"index":0,
            "message":{"role":"assistant","content":"Once upon","refusal":null},"logprobs":null,"finish_reason":"stop"}],
            "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"cost":0.5}}
            """.ReplaceLineEndings(""),
            answer.Text);
        Assert.True(scripted.Upstream.Requests[0].Json.GetProperty("agent_config").GetProperty("streaming_on").GetBoolean());
    }

    [Fact]
    public async Task Reasoning_And_Calls_Of_Tools_Are_Passed_On()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:Kind", "openai"));
        scripted.Upstream.Answer().Body(Tools);
        scripted.Upstream.Answer().Body(Tools);
        using var door = await scripted.OpenAsync();

        var frames = await (await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed)).FramesAsync();
        var whole = JsonElement.Parse(await (await door.ChatAsync(scripted.Host.Token!, ChatCalls.NotStreamed)).BodyAsync());

        Assert.Equal(("tool_calls", ""), (ChatCalls.FinishOf(frames), ChatCalls.TextOf(frames)));
        Assert.Equal("Let me look.", string.Concat(ChatCalls.Deltas(frames).Select(delta =>
            delta.TryGetProperty("reasoning_content", out var reasoning) ? reasoning.GetString() : "")));
        Assert.Equal(
            [
                """[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Köln\"}"}}]""",
                """[{"index":1,"id":"call_b","type":"function","function":{"name":"time","arguments":"{}"}}]""",
            ],
            ChatCalls.Deltas(frames).Where(delta => delta.TryGetProperty("tool_calls", out _))
                .Select(delta => delta.GetProperty("tool_calls").GetRawText()));
        var choice = Assert.Single(whole.GetProperty("choices").EnumerateArray());
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        var message = choice.GetProperty("message");
        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
        Assert.Equal("Let me look.", message.GetProperty("reasoning_content").GetString());
        Assert.Equal(
            """
            [{"id":"call_a","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Köln\"}"}},
            {"id":"call_b","type":"function","function":{"name":"time","arguments":"{}"}}]
            """.ReplaceLineEndings(""),
            message.GetProperty("tool_calls").GetRawText());
    }

    [Theory]
    [InlineData("event: error\ndata: {\"error\":\"The model is on fire.\"}\n\n", "upstream_error", "The model is on fire.")]
    [InlineData("", "upstream_truncated", null)]
    public async Task Failure_In_The_Stream_Is_An_Error_Frame_Without_An_End(string last, string code, string? sentence)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + last);
        using var door = await scripted.OpenAsync();

        var frames = await (await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed)).FramesAsync();

        Assert.Equal("Once ", ChatCalls.TextOf(frames.SkipLast(1)));
        Assert.DoesNotContain("[DONE]", frames);
        var error = ChatCalls.Error(JsonElement.Parse(frames[^1]));
        Assert.Equal((code, "server_error"), (error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.Equal(sentence ?? error.GetProperty("message").GetString(), error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Run_That_Somebody_Cancels_Is_An_Error_And_Not_A_Short_Answer()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);
        using var streamed = await scripted.OpenAsync();
        using var whole = await scripted.OpenAsync();
        var answer = await streamed.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed);
        await scripted.Host.CancelAsync(answer.RunId);
        var frames = await answer.FramesAsync();
        await whole.SendAsync(ChatCalls.Path, scripted.Host.Token!, ChatCalls.NotStreamed);
        await Until.TrueAsync(() => scripted.Upstream.Requests.Count == 2);
        var open = (await scripted.Host.GetAsync($"{scripted.Host.Path}/runs?limit=1")).Json.GetProperty("runs")[0];
        await scripted.Host.CancelAsync(open.GetProperty("id").GetString()!);

        Assert.Equal("cancelled", ChatCalls.Error(JsonElement.Parse(frames[^1])).GetProperty("code").GetString());
        var refused = await whole.ReadAsync();
        Assert.StartsWith("The run was cancelled.", await refused.ErrorAsync(409, "conflict"), StringComparison.Ordinal);
        Assert.Equal("false", refused.Headers["x-should-retry"]);
    }

    [Fact]
    public async Task Caller_That_Hangs_Up_Leaves_The_Run_Going()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(goOn.Task).Body(Sse.Chunk("upon") + Sse.Done);
        string run;
        using (var door = await scripted.OpenAsync())
            run = (await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed)).RunId;

        goOn.SetResult();

        await scripted.Host.EndsOnceAsync(run);
        Assert.Equal("Once upon", (await scripted.Host.FindAsync(run)).Text);
    }

    [Fact]
    public async Task Held_Text_Reaches_The_Caller_As_The_Room_Gets_It()
    {
        await using var room = await HeldRoom.StartAsync(new { });
        room.Scripted.Upstream.Answer().Body(Sse.Chunk("Open ") + Sse.Chunk("secret") + Sse.Done);
        using var door = await room.Scripted.OpenAsync();

        var answer = await door.ChatAsync(room.Participant.Token!, ChatCalls.Streamed);
        var lane = (await room.RunAsync(room.Host.Room, answer.RunId)).Hold!.Lane;
        await HeldRoom.UntilAsync(async () => (await room.RunAsync(lane, lane)).State == EventTypes.Done);
        Assert.Equal(204, (await room.MaskAsync(answer.RunId, 5, 11)).Status);
        Assert.Equal(204, (await room.ReleaseAsync(answer.RunId)).Status);
        var frames = await answer.FramesAsync();

        Assert.Equal(("stop", "[DONE]"), (ChatCalls.FinishOf(frames), frames[^1]));
        Assert.StartsWith("Open ", ChatCalls.TextOf(frames), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Concat(frames), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proposal_Is_Said_While_The_Caller_Waits()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        Assert.Equal(200, (await scripted.Host.PatchAsync(
            scripted.Host.Path, new { settings = new { moderated = true } })).Status);
        using var door = await scripted.OpenAsync();
        var answer = await door.ChatAsync(member.Token!, ChatCalls.Streamed);

        Assert.Equal(": proposed\n\n", await answer.NextChunkAsync());
        await scripted.Host.PostAsync($"{scripted.Host.Path}/runs/{answer.RunId}/decline", new { reason = "Not now." });

        var error = ChatCalls.Error(JsonElement.Parse(Assert.Single(await answer.FramesAsync())));
        Assert.Equal(
            ("declined", "A host declined the run: Not now."),
            (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()));
        Assert.Empty(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Usage_Has_No_Cost_For_Those_Who_May_Not_See_It()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        Assert.Equal(200, (await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { showMoney = "hosts" } })).Status);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + ChatCalls.Usage + Sse.Done);

        var answer = await member.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed);

        Assert.Equal(
            """{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}""", answer.Json.GetProperty("usage").GetRawText());
    }

    private static object Call(int index, string id, string name, string arguments) =>
        new { index, id, type = "function", function = new { name, arguments } };
}
