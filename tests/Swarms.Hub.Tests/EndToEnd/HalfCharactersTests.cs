using System.Text;
using Swarms.Hub.Support;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// JSON's grammar allows half of a surrogate pair, which no text can hold. Each door refuses it with a sentence, or passes it on as it is;
/// the hub never fails at it, which its log would say when the hub is disposed.
/// </summary>
public sealed class HalfCharactersTests : IAsyncDisposable
{
    private const string Simulation = """
        "simulation":{"chunks":1,"chunksPerSecond":0}
        """;

    private readonly HubUnderTest _hub = HubUnderTest.Start();

    public static TheoryData<string> Requests =>
    [
        $$"""{"\ud800":1,"task":"x",{{Simulation}}}""",
        $$"""{"x\udc00":1,"task":"x",{{Simulation}}}""",
        $$"""{"tas\ud800":1,"agent_confi\udfff":{},"task":"x",{{Simulation}}}""",
        $$"""{"task":"x","agent_config":{"\ud800":1,"agent_name":"A"},{{Simulation}}}""",
        $$"""{"task":"x","agent_config":{"agent_name":"A","deep":[{"api_key\ud800":"secret\udfffsecret"}] },{{Simulation}}}""",
        $$"""{"task":"x","agent_config":{"headers":{"\udc00":"\ud800\ud800\ud800\ud800\ud800\ud800\ud800\ud800"} },{{Simulation}}}""",
        $$"""{"task":"x","note":"\ud800","\ud83d\ud83d":"\udc00\ud800",{{Simulation}}}""",
        $$"""{"task":"\ud800",{{Simulation}}}""",
        $$"""{"task":"x","name":"\ud800","agent_config":{"agent_name":"\udc00"},{{Simulation}}}""",
        $$"""{"task":"x","agents":[{"agent_name":"\ud800","\ud800":1}],{{Simulation}}}""",
        """{"task":"x","simulation":{"chunks":1,"chunksPerSecond":0,"text":"a\ud800b","\ud800":1}}""",
    ];

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_For_A_Run_Is_Refused_Or_Passed_On_At_Every_Door(string request)
    {
        var host = await _hub.CreateRoomAsync();
        foreach (var kind in new[] { "agent", "swarm" })
        {
            var body = $$"""{"kind":"{{kind}}","request":{{request}}}""";
            var started = await host.PostTextAsync($"{host.Path}/runs", body);
            if (started.Status != 202)
                started.IsProblem(400, "invalid");

            var relayed = await host.PostTextAsync($"/v1/{kind}/completions", request);
            if (relayed.Status != 200)
                relayed.IsDetail(400);

            var answer = await CallAsync(host, "StartRun", $"\"{host.Room}\",{body}");
            Assert.True(answer is null || answer.Contains("invalid: ", StringComparison.Ordinal), answer);
        }

        await EndAllAsync(host);
    }

    [Theory]
    [InlineData("POST", "/api/rooms", """{"name":"\ud800"}""")]
    [InlineData("POST", "/api/rooms", """{"name":"x","\ud800":1}""")]
    [InlineData("POST", "/api/rooms", """{"name":"x","memberName":"a\udc00"}""")]
    [InlineData("PATCH", "{room}", """{"name":"x\ud800"}""")]
    [InlineData("POST", "/api/join", """{"code":"\ud800","name":"x"}""")]
    [InlineData("POST", "/api/join", """{"invite":"\ud800","name":"\ud800"}""")]
    [InlineData("POST", "/api/return", """{"secret":"\ud800"}""")]
    [InlineData("POST", "{room}/messages", """{"text":"\ud800"}""")]
    [InlineData("POST", "{room}/messages", """{"text":"x","\udfff":"\ud800"}""")]
    [InlineData("POST", "{room}/reactions", """{"target":1,"emoji":"\ud83d"}""")]
    [InlineData("POST", "{room}/reactions", """{"target":1,"emoji":"x","cursor":"\ud800:1"}""")]
    [InlineData("POST", "{room}/invites", """{"role":"\ud800"}""")]
    [InlineData("POST", "{room}/programs", """{"name":"\ud800"}""")]
    [InlineData("POST", "{room}/runs", """{"request":{"task":"x"},"kind":"\ud800"}""")]
    [InlineData("POST", "{room}/runs", """{"request":{"task":"x"},"idempotencyKey":"\ud800"}""")]
    [InlineData("POST", "{room}/runs", """{"\ud800":1,"request":{"task":"x","simulation":{"chunks":0}}}""")]
    [InlineData("PATCH", "{room}/members/{me}", """{"name":"\udc00"}""")]
    [InlineData("GET", "{room}/events?after=%ED%A0%80:1", null)]
    [InlineData("GET", "{room}/runs?q=%ED%A0%80&before=%ED%BF%BF", null)]
    [InlineData("GET", "/api/rooms/%ED%A0%80", null)]
    public async Task Call_With_Half_A_Character_Is_Refused_Or_Served(string method, string path, string? body)
    {
        var host = await _hub.CreateRoomAsync();
        path = path.Replace("{room}", host.Path, StringComparison.Ordinal).Replace("{me}", host.Member, StringComparison.Ordinal);

        var answer = body is null
            ? await host.GetAsync(path)
            : await host.SendRawAsync(new HttpMethod(method), path, Encoding.UTF8.GetBytes(body));

        if (answer.Status >= 400)
            answer.IsProblem(answer.Status, answer.Status switch { 404 => "not_found", 409 => "conflict", _ => "invalid" });

        await EndAllAsync(host);
    }

    [Theory]
    [InlineData("Say", "\"\\ud800\"")]
    [InlineData("React", "1,\"\\ud83d\"")]
    [InlineData("CancelRun", "\"\\udc00\"")]
    public async Task Call_Over_SignalR_With_Half_A_Character_Is_Refused(string method, string arguments)
    {
        var host = await _hub.CreateRoomAsync();

        var refusal = await CallAsync(host, method, $"\"{host.Room}\",{arguments}");

        Assert.Contains("invalid: ", refusal, StringComparison.Ordinal);
    }

    private async Task<string?> CallAsync(MemberCaller host, string method, string arguments)
    {
        using var caller = await BareViewer.WatchAsync(_hub.Address, ("Authorization", $"Bearer {host.Token}"));
        return await caller.CallAsync(method, arguments);
    }

    private static async Task EndAllAsync(MemberCaller host)
    {
        foreach (var run in (await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray())
        {
            await using var feed = await FeedReader.OpenAsync(host);
            await feed.UntilEndOfAsync(run.GetProperty("id").GetString()!);
        }

        var ended = (await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray();
        Assert.All(ended, run => Assert.True(
            run.GetProperty("state").GetString() == "done"
                || run.GetProperty("error").GetProperty("code").GetString() == "upstream_rejected", $"{run}"));
    }
}
