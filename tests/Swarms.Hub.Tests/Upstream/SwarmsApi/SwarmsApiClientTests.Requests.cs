using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed partial class SwarmsApiClientTests
{
    private const string Done = "event: done\ndata: {}\n\n";

    [Theory]
    [InlineData(RunKinds.Agent, "/v1/agent/completions")]
    [InlineData(RunKinds.Swarm, "/v1/swarm/completions")]
    public async Task Run_Is_Sent_Once_To_The_Path_Of_Its_Kind_With_The_Key(string kind, string path)
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Body(Done);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync("{\"task\": \"Paint\"}", kind);
        Assert.Equal(["done {}"], (await response.Frames()).Shown());

        var request = Assert.Single(upstream.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal(path, request.Path);
        Assert.Equal(ClientUnderTest.Key, request.Headers["x-api-key"]);
        Assert.Equal("text/event-stream", request.Headers["Accept"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(["Accept", "Content-Length", "Content-Type", "Host", "User-Agent", "x-api-key"], request.Headers.Keys.Order());
    }

    [Fact]
    public async Task Path_Of_The_Base_Address_Is_Kept()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Body(Done);
        await using var client = new ClientUnderTest(new Uri(upstream.BaseAddress, "proxy/swarms"));
        await using var response = await client.SendAsync();
        Assert.Equal("/proxy/swarms/v1/agent/completions", Assert.Single(upstream.Requests).Path);
    }

    [Theory]
    [InlineData(RunKinds.Agent, "{\"task\": \"a\"}", "{\"task\": \"a\",\"agent_config\":{\"streaming_on\":true}}")]
    [InlineData(RunKinds.Agent, "{\"agent_config\": null, \"n\": 1.50}", "{\"n\": 1.50,\"agent_config\":{\"streaming_on\":true}}")]
    [InlineData(
        RunKinds.Agent,
        "{\"agent_config\": {\"streaming_on\": false, \"max_loops\": \"auto\"}}",
        "{\"agent_config\":{\"max_loops\": \"auto\",\"streaming_on\":true}}")]
    [InlineData(RunKinds.Agent, "{\"agent_config\": \"wrong\"}", "{\"agent_config\":\"wrong\"}")]
    [InlineData(RunKinds.Agent, "[1]", "[1]")]
    [InlineData(RunKinds.Swarm, "{\"agents\": [ ], \"stream\": false}", "{\"agents\": [ ],\"stream\":true}")]
    [InlineData(RunKinds.Swarm, "{}", "{\"stream\":true}")]
    [InlineData(
        RunKinds.Agent,
        "{\"x\": \"\\ud83e \\u0041\", \"\\ud83e\\ud83e\\ud83e\": 1}",
        "{\"x\": \"\\ud83e \\u0041\", \"\\ud83e\\ud83e\\ud83e\": 1,\"agent_config\":{\"streaming_on\":true}}")]
    public async Task Streaming_Is_Switched_On_And_Nothing_Else_Is_Changed(string kind, string body, string expected)
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Body(Done);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync(body, kind);
        Assert.Equal(expected, Encoding.UTF8.GetString(Assert.Single(upstream.Requests).Body.Span));
    }

    [Fact]
    public async Task Body_Passes_Byte_For_Byte_When_It_Is_Not_Streamed()
    {
        const string Body = "{ \"agent_config\" : {\"streaming_on\": false}, \"\\u0074ask\": \"\\ud83e é\", \"n\": 1.0e2 }";
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, "application/json").Body("{}");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync(Body, isStreamed: false);
        var request = Assert.Single(upstream.Requests);
        Assert.Equal(Body, Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal("application/json", request.Headers["Accept"]);
    }

    [Fact]
    public async Task Only_The_Headers_About_Limits_Pass_On()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer()
            .Header("X-RateLimit-Limit-Minute", "100").Header("x-ratelimit-tier", "free").Header("Retry-After", "7")
            .Header("Set-Cookie", "a=b").Header("X-Other", "c")
            .Body(Done);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync();
        Assert.Equal(200, response.Status);
        Assert.True(response.IsEventStream);
        Assert.Null(response.Json);
        Assert.Equal(
            [new("Retry-After", "7"), new("X-RateLimit-Limit-Minute", "100"), new("x-ratelimit-tier", "free")],
            response.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Answer_Can_Be_Read_Only_Once()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Body(Done);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync();
        await response.Frames();
        Assert.Throws<InvalidOperationException>(() => response.ReadFramesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Description_Names_The_Host_And_Not_The_Key()
    {
        await using var client = new ClientUnderTest(new Uri("https://api.example.org:8443/prefix"));
        Assert.Equal(new UpstreamDescription("swarms", "api.example.org:8443"), client.Upstream.Description);
        await using var simulated = new ClientUnderTest(baseAddress: null);
        Assert.Equal("simulator", simulated.Upstream.Description.Kind);
    }

    private static JsonElement Data(UpstreamFrame frame) => JsonElement.Parse(frame.Event!.Data.Span);
}
