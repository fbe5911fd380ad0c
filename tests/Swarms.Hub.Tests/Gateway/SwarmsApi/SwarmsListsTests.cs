using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed class SwarmsListsTests
{
    private const string Types = "/v1/swarms/available";
    private const string Costs = "/v1/usage/costs";
    private const string List = """{"success":true,"swarm_types":["auto"]}""";

    private static readonly string[] AllowedModels = ["gpt-4.1"];

    [Fact]
    public async Task List_Is_Read_Again_After_Five_Minutes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var scripted = await ScriptedHub.StartAsync(time);
        scripted.Upstream.Answer(contentType: "application/json").Body(List);
        scripted.Upstream.Answer(contentType: "application/json").Body("""{"success":true,"swarm_types":[]}""");
        Assert.Equal(List, (await scripted.Host.GetAsync(Types)).Text);
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(List, (await scripted.Host.GetAsync(Types)).Text);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("""{"success":true,"swarm_types":[]}""", (await scripted.Host.GetAsync(Types)).Text);
    }

    [Theory]
    [InlineData(401, 502, "Invalid API key")]
    [InlineData(429, 502, "The limit is reached")]
    [InlineData(500, 502, "The service is broken")]
    public async Task Failure_Is_Told_As_The_Upstreams_And_Asked_Again_Soon(int status, int told, string words)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var scripted = await ScriptedHub.StartAsync(time);
        scripted.Upstream.Answer(status, "application/json").Body($$"""{"detail":"{{words}}."}""");
        scripted.Upstream.Answer(contentType: "application/json").Body(List);

        var refused = await scripted.Host.GetAsync(Types);

        Assert.Contains(words, refused.IsDetail(told).Text, StringComparison.Ordinal);
        Assert.Equal(told, (await scripted.Host.GetAsync(Types)).Status);
        Assert.Single(scripted.Upstream.Requests);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(List, (await scripted.Host.GetAsync(Types)).Text);
    }

    [Fact]
    public async Task Silent_Upstream_Holds_A_Caller_For_Half_A_Minute()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var scripted = await ScriptedHub.StartAsync(time);
        var silent = scripted.Upstream.Answer(contentType: "application/json").Start().Hang();
        var answer = scripted.Host.GetAsync(Types);
        await silent.Requested.InTime();

        time.Advance(TimeSpan.FromSeconds(30));

        (await answer).IsDetail(504);
        await silent.Aborted.InTime();
    }

    [Fact]
    public async Task Answer_Without_End_Is_Not_Kept()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(contentType: "application/json").Body($"[\"{new string('x', 1_100_000)}\"]");

        (await scripted.Host.GetAsync(Types)).IsDetail(502);
    }

    [Fact]
    public async Task Caller_Without_A_Token_Reads_Nothing()
    {
        await using var scripted = await ScriptedHub.StartAsync();

        (await scripted.Hub.Anybody().GetAsync(Types)).IsDetail(401);
        (await scripted.Hub.Anybody().GetAsync("/v1/models/available")).IsDetail(401);
        (await scripted.Hub.Anybody().GetAsync("/v1/agents/list")).IsDetail(401);

        Assert.Empty(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Credits_Are_For_The_Operator_Alone()
    {
        await using var hub = HubUnderTest.Start(("urls", "http://0.0.0.0:0"), ("Access:OperatorKey", "a-key-of-the-operator"));
        var operatorCaller = new Caller(hub.Address, "a-key-of-the-operator");
        var created = await operatorCaller.PostAsync("/api/rooms", new { name = "Physics" });

        (await new MemberCaller(hub.Address, created.Json).GetAsync("/v1/account/credits")).IsDetail(401);

        var credits = await operatorCaller.GetAsync("/v1/account/credits");
        Assert.Equal((200, 0), (credits.Status, credits.Json.GetProperty("credit").GetInt32()));
    }

    [Fact]
    public async Task Prices_Are_For_Those_Who_May_See_Costs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var settings = await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { showMoney = "hosts" } });
        Assert.True(settings.Status == 200, settings.Text);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        scripted.Upstream.Answer(contentType: "application/json").Body("""{"usage_pricing":{"search_cost":0.04}}""");

        (await member.GetAsync(Costs)).IsDetail(403);

        Assert.Equal(200, (await scripted.Host.GetAsync(Costs)).Status);
    }

    [Fact]
    public async Task Hub_Without_The_Swarms_Api_Says_So_And_Lists_Its_Own_Models()
    {
        await using var hub = HubUnderTest.Start(
            ("Upstream:Kind", "ollama"), ("Upstream:BaseAddress", "http://127.0.0.1:9"), ("Upstream:Models:0", "llama3"));
        var host = await hub.CreateRoomAsync();

        Assert.Contains("Only the Swarms API", (await host.GetAsync(Types)).IsDetail(404).Text, StringComparison.Ordinal);
        Assert.Equal(
            """{"success":true,"count":1,"models":["llama3"]}""", (await host.GetAsync("/v1/models/available")).Text);
        var refused = await host.PostTextAsync("/v1/reasoning-agent/completions", """{"task":"Why?"}""");
        Assert.Contains("Only the Swarms API", refused.IsDetail(400).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"task":"Why?"}""", "names no model")]
    [InlineData("""{"task":"Why?","model_name":"gpt-9"}""", "gpt-9")]
    [InlineData("""{"task":"Why?","config":{"worker_model_name":"gpt-9"},"model_name":"gpt-4.1"}""", "gpt-9")]
    public async Task Calls_Keep_To_The_Models_That_The_Operator_Lists(string body, string words)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:Models:0", "gpt-4.1"));

        var refused = await scripted.Host.PostTextAsync("/v1/advanced-research/completions", body);

        Assert.Contains(words, refused.IsDetail(400).Text, StringComparison.Ordinal);
        Assert.Empty(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Room_That_Limits_Tokens_Or_Models_Holds_For_These_Calls_Too()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await SetBudgetAsync(scripted.Host, new { maxTokens = 100 });
        (await scripted.Host.PostTextAsync("/v1/graph-workflow/completions", """{"task":"Go"}""")).IsDetail(402);
        await SetBudgetAsync(scripted.Host, new { models = AllowedModels });
        (await scripted.Host.PostTextAsync("/v1/graph-workflow/completions", """{"task":"Go"}""")).IsDetail(402);
        scripted.Upstream.Answer(contentType: "application/json").Body("""{"outputs":"Gone."}""");

        var taken = await scripted.Host.PostTextAsync(
            "/v1/graph-workflow/completions", """{"task":"Go","agents":[{"model_name":"gpt-4.1"}]}""");

        Assert.Equal((200, """{"outputs":"Gone."}"""), (taken.Status, taken.Text));
    }

    private static async Task SetBudgetAsync(MemberCaller host, object budget)
    {
        var answer = await host.PatchAsync(host.Path, new { settings = new { budget } });
        Assert.True(answer.Status == 200, answer.Text);
    }
}
