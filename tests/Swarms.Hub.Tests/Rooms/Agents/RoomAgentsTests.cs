using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Rooms.Agents;

public sealed class RoomAgentsTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Hosts_Add_Change_And_Remove_Agents_And_Viewers_Hold_The_Rooms_State()
    {
        var host = await _hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, host.Admission);

        var added = await host.SetAsync("writer", AgentCalls.Writer(new { llm_api_key = "sk-of-the-agent" }));
        await host.SetAsync("critic", new { name = "Critic", model = "gpt-4o" });
        var changed = await host.SetAsync("writer", new { name = "Writer", model = "gpt-4.1" });
        Assert.Equal(204, (await host.RemoveAsync("critic")).Status);

        Assert.Equal((201, 200), (added.Status, changed.Status));
        var agent = Assert.Single(await host.AgentsAsync());
        Assert.Equal(("writer", "Writer", "gpt-4.1"), (agent.Id, agent.Name, agent.Model));
        // What the second call left out is gone, but for the secret.
        Assert.Equal((null, null, 0), (agent.SystemPrompt, agent.Temperature, agent.Presets.Count));
        Assert.Equal(["llm_api_key"], agent.Secrets);
        var events = (await host.EventsAsync()).TakeLast(4).ToList();
        Assert.Equal(
            [EventTypes.AgentChanged, EventTypes.AgentChanged, EventTypes.AgentChanged, EventTypes.AgentRemoved],
            events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal(host.Member, e.By));
        Assert.Equal(added.Text, events[0].Data.GetProperty("agent").GetRawText());
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.AgentRemoved);
        var folded = new RoomState(viewer.Frames[0]);
        foreach (var roomEvent in viewer.Events)
            folded.Apply(roomEvent);

        Assert.Equal(AgentCalls.Json(await host.AgentsAsync()), AgentCalls.Json(folded.Agents));
    }

    [Theory]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Only_Hosts_Add_And_Remove_Agents(string role)
    {
        var host = await _hub.CreateRoomAsync();
        await host.AddWriterAsync();
        var member = await host.InviteAsync(role);

        (await member.SetAsync("other", AgentCalls.Writer())).IsProblem(403, ErrorCodes.Forbidden);
        (await member.RemoveAsync("writer")).IsProblem(403, ErrorCodes.Forbidden);
        (await (await _hub.CreateRoomAsync()).DeleteAsync($"{host.Path}/agents/writer")).IsProblem(404, ErrorCodes.NotFound);

        Assert.Single(await host.AgentsAsync());
    }

    [Theory]
    [InlineData("Writer", "{}", "invalid", "The agent's id must be 1 to 40")]
    [InlineData("writer", "{}", "invalid", "name is missing")]
    [InlineData("writer", """{"name": "W"}""", "invalid", "model is missing")]
    [InlineData("writer", """{"name": "W", "model": "m", "temperature": 2.1}""", "invalid", "temperature must be")]
    [InlineData("writer", """{"name": "W", "model": "m", "maxTokens": 0}""", "invalid", "maxTokens must be")]
    [InlineData("writer", """{"name": "W", "model": "m", "maxLoops": 101}""", "invalid", "maxLoops must be")]
    [InlineData("writer", """{"name": "W", "model": "m", "config": []}""", "invalid", "config must be an object")]
    [InlineData("writer", """{"name": "W", "model": "m", "config": {"a": 1, "a": 2}}""", "invalid", "config names a field twice")]
    [InlineData("writer", """{"name": "W", "model": "m", "config": {"max_tokens": 9}}""", "invalid", "config must not hold max_tokens")]
    [InlineData("writer", """{"name": "W", "model": "m", "presets": [null]}""", "invalid", "The title of a preset is missing")]
    [InlineData("writer", """{"name": "W", "model": "m", "presets": [{"title": "T"}]}""", "invalid", "The prompt of a preset is missing")]
    [InlineData("writer", """{"name": "W", "model": "m", "secrets": {"a b": "12345678"}}""", "invalid", "secrets: a place is made")]
    [InlineData("writer", """{"name": "W", "model": "m", "secrets": {"a": "1234567"}}""", "invalid", "secrets: a must be a text of 8 to")]
    [InlineData("writer", """{"name": "W", "model": "m", "secrets": {"system_prompt": "12345678"}}""", "invalid", "the room sees")]
    [InlineData(
        "writer", """{"name": "W", "model": "m", "config": {"a": {}}, "secrets": {"a": "12345678"}}""", "invalid",
        "secrets: a leads through")]
    [InlineData(
        "writer", """{"name": "W", "model": "m", "config": {"a": [1]}, "secrets": {"a.1": "12345678"}}""", "invalid",
        "secrets: a.1 leads through")]
    [InlineData(
        "writer", """{"name": "W", "model": "m", "secrets": {"a": "12345678", "a.b": "12345678"}}""", "invalid", "leads through a field")]
    public async Task Agent_That_Does_Not_Fit_Is_Refused_And_Changes_Nothing(string id, string body, string code, string words)
    {
        var host = await _hub.CreateRoomAsync();

        var refused = await host.SendRawAsync(
            HttpMethod.Put, $"{host.Path}/agents/{id}", System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Contains(
            words, refused.IsProblem(400, code).Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await host.AgentsAsync());
    }

    [Theory]
    [InlineData("""{"llm_api_key": "x"}""", "config.llm_api_key")]
    [InlineData("""{"mcp_config": {"authorization_token": "abcdefgh"}}""", "config.mcp_config.authorization_token")]
    [InlineData("""{"mcp_config": {"headers": {"X-Org": "abcdefgh"}}}""", "config.mcp_config.headers")]
    [InlineData("""{"tools": [{}, {"env": {"HOME": "/root"}}]}""", "config.tools.1.env")]
    [InlineData("""{"url": "https://ann:password1@example.org"}""", "config.url")]
    [InlineData("""{"args": ["--api-key", "abcdefgh"]}""", "config.args")]
    public async Task Config_That_Holds_A_Credential_Is_Refused_By_Its_Place_And_Without_Its_Value(string config, string place)
    {
        var host = await _hub.CreateRoomAsync();

        var refused = await host.SetAsync(
            "writer", new { name = "W", model = "m", config = System.Text.Json.JsonElement.Parse(config) });

        var sentence = refused.IsProblem(400, ErrorCodes.Invalid).Json.GetProperty("detail").GetString();
        Assert.StartsWith($"{place} looks like a credential", sentence, StringComparison.Ordinal);
        Assert.Contains("secrets", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("password1", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_Is_Shown_And_Sent_As_It_Was_Entered()
    {
        var host = await _hub.CreateRoomAsync();
        const string Config = """{"role":"worker","dynamic_temperature_enabled":true,"max_completion_tokens":5,"tags":["é"],"n":1.50}""";

        var set = await host.SetAsync("writer", new { name = "W", model = "m", config = System.Text.Json.JsonElement.Parse(Config) });

        Assert.Equal(Config, set.Json.GetProperty("config").GetRawText());
        Assert.Equal(Config, Assert.Single(await host.AgentsAsync()).Config!.Value.GetRawText());
    }

    [Fact]
    public async Task Room_With_As_Many_Agents_As_It_May_Have_Takes_Another_When_One_Is_Gone()
    {
        var host = await _hub.CreateRoomAsync();
        for (var i = 0; i < RoomState.MaxAgents; i++)
            Assert.Equal(201, (await host.SetAsync($"agent-{i}", new { name = "W", model = "m" })).Status);

        (await host.SetAsync("another", new { name = "W", model = "m" })).IsProblem(413, ErrorCodes.TooLarge);
        Assert.Equal(200, (await host.SetAsync("agent-7", new { name = "Seven", model = "m" })).Status);
        Assert.Equal(204, (await host.RemoveAsync("agent-7")).Status);
        Assert.Equal(201, (await host.SetAsync("another", new { name = "W", model = "m" })).Status);

        var agents = await host.AgentsAsync();
        Assert.Equal((RoomState.MaxAgents, "another"), (agents.Count, agents[^1].Id));
    }

    [Fact]
    public async Task Agents_Of_A_Room_Are_Bounded_In_Size_Together()
    {
        var host = await _hub.CreateRoomAsync();
        var large = new { name = "W", model = "m", systemPrompt = new string('é', 16_384) };
        // Each takes 32 KiB and a few bytes, so that seven fit.
        for (var i = 0; i < 7; i++)
            Assert.Equal(201, (await host.SetAsync($"agent-{i}", large)).Status);

        (await host.SetAsync("another", large)).IsProblem(413, ErrorCodes.TooLarge);
        Assert.Equal(201, (await host.SetAsync("small", new { name = "W", model = "m" })).Status);
        (await host.SetAsync("small", large)).IsProblem(413, ErrorCodes.TooLarge);
    }

    [Theory]
    [InlineData("systemPrompt", 16_385)]
    [InlineData("model", 201)]
    [InlineData("name", 101)]
    public async Task Text_Beyond_Its_Bound_Is_Too_Large(string field, int length)
    {
        var host = await _hub.CreateRoomAsync();
        var body = new Dictionary<string, string> { ["name"] = "W", ["model"] = "m" };
        body[field] = new string('x', length);

        (await host.SetAsync("writer", body)).IsProblem(413, ErrorCodes.TooLarge);
    }

    [Fact]
    public async Task Lists_Beyond_Their_Bounds_Are_Too_Large()
    {
        var host = await _hub.CreateRoomAsync();
        var presets = Enumerable.Repeat(new { title = "T", prompt = "P" }, 21);
        var secrets = Enumerable.Range(0, 21).ToDictionary(i => $"key{i}", _ => "12345678");
        var config = new { text = new string('x', 16_384) };

        (await host.SetAsync("writer", new { name = "W", model = "m", presets })).IsProblem(413, ErrorCodes.TooLarge);
        (await host.SetAsync("writer", new { name = "W", model = "m", secrets })).IsProblem(413, ErrorCodes.TooLarge);
        (await host.SetAsync("writer", new { name = "W", model = "m", config })).IsProblem(413, ErrorCodes.TooLarge);
        var body = new { name = "W", model = "m", other = new string('x', AgentsApi.MaxBodyBytes) };
        (await host.SetAsync("writer", body)).IsProblem(413, ErrorCodes.TooLarge);
    }

    [Fact]
    public async Task Agents_Count_As_Text_Of_Their_Host()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxTextBytesPerMinute", "524288"));
        var host = await hub.CreateRoomAsync();
        var large = new { name = "W", model = "m", systemPrompt = new string('é', 16_384) };

        // A quarter of the minute's text may come at once, which is three of these.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.SetAsync("writer", large)));

        Assert.Contains(answers, answer => answer.Status is 200 or 201);
        Assert.Contains(answers, answer => answer.Status == 429 && answer.Code == ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task Agents_Survive_A_Restart_And_A_Viewer_Resumes()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await host.AddWriterAsync(new { llm_api_key = "sk-of-the-agent" });
        await host.SetAsync("critic", new { name = "Critic", model = "gpt-4o" });
        // It comes back behind the other one.
        await host.RemoveAsync("writer");
        await host.AddWriterAsync(new { llm_api_key = "sk-of-the-agent" });
        var before = (await host.GetAsync(host.Path)).Json;
        await hub.StopAsync();

        await using var again = hub.Restart();
        var after = (await host.At(again.Address).GetAsync(host.Path)).Json;

        Assert.Equal(before.GetProperty("agents").GetRawText(), after.GetProperty("agents").GetRawText());
        Assert.Equal(before.GetProperty("cursor").GetString(), after.GetProperty("cursor").GetString());
        await using var viewer = await TestViewer.JoinAsync(again.Address, host.Admission, before.GetProperty("cursor").GetString());
        Assert.Equal(FrameKinds.Resumed, viewer.Frames[0].Kind);
    }

    [Fact]
    public async Task Of_Two_Hosts_Who_Set_Different_Secrets_At_Once_None_Is_Lost_Without_A_Word()
    {
        var host = await _hub.CreateRoomAsync();
        for (var i = 0; i < 5; i++)
        {
            var answers = await Task.WhenAll(
                host.SetAsync($"agent-{i}", AgentCalls.Writer(new { llm_api_key = "sk-first-1" })),
                host.SetAsync($"agent-{i}", AgentCalls.Writer(new { other_token = "sk-second" })));

            var stored = (await host.AgentsAsync()).Single(agent => agent.Id == $"agent-{i}").Secrets;
            Assert.Equal(answers.Count(answer => answer.Status != 409), stored.Count);
            var secrets = await _hub.Get<IAgentStore>().FindSecretsAsync(
                host.Room, $"agent-{i}", TestContext.Current.CancellationToken);
            Assert.Equal(stored, secrets.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Removing_An_Agent_That_There_Is_Not_Is_Not_Found()
    {
        var host = await _hub.CreateRoomAsync();

        (await host.RemoveAsync("writer")).IsProblem(404, ErrorCodes.NotFound);

        Assert.DoesNotContain(await host.EventsAsync(), e => e.Type == EventTypes.AgentRemoved);
    }
}
