using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>A conversation in OpenAI's form becomes a request of the Swarms API, or is refused.</summary>
public sealed class ChatRequestTests
{
    private const string Png = "data:image/png;base64,iVBORw0KGgo=";

    public static TheoryData<string, string> Bad => new()
    {
        { "[]", "JSON object" },
        { "{", "not valid JSON" },
        { """{"messages":[{"role":"user","content":"x"}]}""", "model is missing" },
        { """{"model":" ","messages":[{"role":"user","content":"x"}]}""", "model is missing" },
        { """{"model":"m"}""", "messages must be a list" },
        { """{"model":"m","messages":[]}""", "messages must be a list" },
        { """{"model":"m","messages":["x"]}""", "messages[0] must be an object" },
        { """{"model":"m","messages":[{"role":"system","content":"x"}]}""", "The last message must be" },
        { """{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""", "The last message must be" },
        { """{"model":"m","messages":[{"role":"king","content":"x"}]}""", "messages[0].role must be" },
        { """{"model":"m","messages":[{"role":"user","content":7}]}""", "messages[0].content must be a text" },
        { """{"model":"m","messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "text and image_url only" },
        { """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]}""", "text and image_url only" },
        { """{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""", "half of a character" },
        { """{"model":"m","n":2,"messages":[{"role":"user","content":"x"}]}""", "n must be 1" },
        { """{"model":"m","n":"2","messages":[{"role":"user","content":"x"}]}""", "n must be 1" },
        { """{"model":"m","stream":"yes","messages":[{"role":"user","content":"x"}]}""", "stream must be true or false" },
        { """{"model":"m","max_tokens":0,"messages":[{"role":"user","content":"x"}]}""", "max_tokens must be an integer" },
        { """{"model":"m","max_completion_tokens":1.5,"messages":[{"role":"user","content":"x"}]}""", "max_completion_tokens must be" },
        { """{"model":"m","temperature":"hot","messages":[{"role":"user","content":"x"}]}""", "temperature must be a number" },
        { """{"model":"m","logprobs":true,"messages":[{"role":"user","content":"x"}]}""", "logprobs cannot be given" },
        { """{"model":"m","modalities":["text","audio"],"messages":[{"role":"user","content":"x"}]}""", "modalities may have text" },
    };

    [Fact]
    public async Task Conversation_Becomes_System_Prompt_History_And_Task()
    {
        await using var scripted = await ScriptedHub.StartAsync();

        var sent = await scripted.TranslateAsync(
            """
            {"model":"gpt-4.1","temperature":0.10,"max_tokens":5,"max_completion_tokens":7,"top_p":0.5,"stop":["a"],"seed":1,"user":null,
            "n":1,"tools":[{"type":"function","function":{"name":"f"}}],"response_format":{"type":"json_object"},
            "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Größe"},
            {"type":"text","text":"🤖"}]},{"role":"assistant","content":"Yes?"},{"role":"developer","content":"In German."},
            {"role":"user","content":"Tell a story"}]}
            """,
            ("X-Title", "Open WebUI"));

        Equal(
            """
            {"agent_config":{"agent_name":"Open WebUI","model_name":"gpt-4.1","system_prompt":"Be brief.\n\nIn German.","max_tokens":7,
            "temperature":0.10,"llm_args":{"top_p":0.5,"stop":["a"],"seed":1,"tools":[{"type":"function","function":{"name":"f"}}],
            "response_format":{"type":"json_object"}},"streaming_on":true},"task":"Tell a story",
            "history":[{"role":"user","content":"Größe\n🤖"},{"role":"assistant","content":"Yes?"}]}
            """,
            sent);
    }

    [Fact]
    public async Task Results_Of_Tools_Keep_Their_Order_And_Their_Ids()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        const string Calls = """[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]""";

        var sent = await scripted.TranslateAsync(
            $$$"""
            {"model":"m","messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,"tool_calls":{{{Calls}}}},
            {"role":"tool","tool_call_id":"b","content":"cold"},{"role":"tool","tool_call_id":"a","content":"warm"}]}
            """);

        Equal(
            $$$"""
            {"agent_config":{"agent_name":"Assistant","model_name":"m","streaming_on":true},"task":"warm","tool_call_id":"a",
            "history":[{"role":"user","content":"Weather?"},{"role":"assistant","content":"f({\"x\":1})","tool_calls":{{{Calls}}}},
            {"role":"user","content":"cold","tool_call_id":"b"}]}
            """,
            sent);
    }

    [Fact]
    public async Task Images_Go_Along_And_The_Texts_Name_Their_Places()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        static string Image(string url) => $$$"""{"type":"image_url","image_url":{"url":"{{{url}}}","detail":"low"}}""";

        var one = await scripted.TranslateAsync(
            $$$"""{"model":"m","messages":[{"role":"user","content":[{{{Image(Png)}}}]}]}""");
        var two = await scripted.TranslateAsync(
            $$$"""
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"See"},{{{Image(Png)}}}]},
            {"role":"assistant","content":"A cat"},
            {"role":"user","content":[{{{Image("https://page.example/a.png")}}},{"type":"text","text":"And this?"}]}]}
            """);

        Assert.Equal((Png, "[image 1]"), (one.GetProperty("img").GetString(), one.GetProperty("task").GetString()));
        Assert.Equal($"[\"{Png}\",\"https://page.example/a.png\"]", two.GetProperty("imgs").GetRawText());
        Assert.Equal("[image 2]\nAnd this?", two.GetProperty("task").GetString());
        Assert.Equal("See\n[image 1]", two.GetProperty("history")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Agent_Of_The_Room_Answers_With_Its_Own_Settings()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var set = await scripted.Host.PutAsync(
            $"{scripted.Host.Path}/agents/writer",
            new
            {
                name = "Writer",
                model = "gpt-5",
                systemPrompt = "Write.",
                maxTokens = 9,
                secrets = new { mcp_url = "https://mcp.example/secret" },
            });
        Assert.True(set.Status is 200 or 201, set.Text);
        const string Body = """
            {"model":"agent/writer","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"},
            {"role":"assistant","content":"Yes?"},{"role":"user","content":"Tell a story"}]}
            """;

        var sent = await scripted.TranslateAsync(Body);

        Equal(
            """
            {"agent_config":{"agent_name":"Writer","model_name":"gpt-5","system_prompt":"Write.","max_tokens":9,
            "mcp_url":"https://mcp.example/secret","streaming_on":true},"task":"Tell a story",
            "history":[{"role":"user","content":"Be brief."},{"role":"user","content":"Hello"},{"role":"assistant","content":"Yes?"}]}
            """,
            sent);
        var run = (await scripted.Host.GetAsync($"{scripted.Host.Path}/runs?limit=1")).Json.GetProperty("runs")[0];
        Assert.Equal("writer", run.GetProperty("agent").GetProperty("id").GetString());
        Assert.Contains(
            "brings its own settings",
            (await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.With(Body, ("temperature", 1))))
                .IsError(400, "invalid_request_error", "invalid"),
            StringComparison.Ordinal);
        (await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.With(Body, ("model", "agent/nobody"))))
            .IsError(404, "invalid_request_error", "not_found");
        Assert.Single(scripted.Upstream.Requests);
    }

    [Theory]
    [InlineData(null, "Tell a story")]
    [InlineData("Tell a joke", "Tell a joke")]
    public async Task Earlier_Turns_Stay_When_A_Host_Approves_The_Agents_Run(string? edited, string task)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        var member = await host.InviteAsync("participant");
        Assert.Equal(201, (await host.PutAsync($"{host.Path}/agents/writer", new { name = "Writer", model = "gpt-5" })).Status);
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings = new { moderated = true } })).Status);
        scripted.Upstream.Answer().Body(Sse.Chunk("Yes") + Sse.Done);
        const string Body = """
            {"model":"agent/writer","messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"Yes?"},
            {"role":"user","content":"Tell a story"}]}
            """;

        var asking = member.PostTextAsync(ChatCalls.Path, Body);
        await using var feed = await host.ReplayAsync();
        var run = (await feed.UntilAsync("run.proposed")).GetProperty("run").GetString();
        Assert.Equal(200, (await host.PostAsync($"{host.Path}/runs/{run}/approve", new { task = edited })).Status);
        var answer = await asking;

        Assert.Equal(200, answer.Status);
        var sent = scripted.Upstream.Requests[0].Json;
        Assert.Equal(task, sent.GetProperty("task").GetString());
        Assert.Equal(
            """[{"role":"user","content":"Hello"},{"role":"assistant","content":"Yes?"}]""", sent.GetProperty("history").GetRawText());
        Assert.Equal("writer", (await host.FindAsync(run!)).Agent.Id);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Bad_Calls_Are_Refused_In_Words_And_Start_Nothing(string body, string words)
    {
        await using var scripted = await ScriptedHub.StartAsync();

        var answer = await scripted.Host.PostTextAsync(ChatCalls.Path, body);

        Assert.Contains(words, answer.IsError(400, "invalid_request_error", "invalid"), StringComparison.Ordinal);
        Assert.Empty(scripted.Upstream.Requests);
        Assert.Empty((await scripted.Host.GetAsync($"{scripted.Host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Image_Of_Twenty_Megabytes_Is_Too_Large_And_Starts_Nothing()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var image = "data:image/png;base64," + new string('A', 20_000_000);
        var part = new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = image } };
        var message = new JsonObject { ["role"] = "user", ["content"] = new JsonArray(part) };

        var body = ChatCalls.With(ChatCalls.Streamed, ("messages", new JsonArray(message)));
        var answer = await scripted.Host.PostTextAsync(ChatCalls.Path, body);

        Assert.Contains("16777216", answer.IsError(413, "invalid_request_error", "too_large"), StringComparison.Ordinal);
        Assert.Empty(scripted.Upstream.Requests);
    }

    private static void Equal(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
