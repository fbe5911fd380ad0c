using System.ClientModel;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Upstream.Chat;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Programs in .NET that use the official OpenAI library through Microsoft.Extensions.AI, with nothing changed but address and key.
/// </summary>
public sealed class ExtensionsAiTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_Gets_A_Stream_And_Its_Usage()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon") + ChatCalls.Usage + Sse.Done);
        using var client = ClientOf(scripted);

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync("Tell a story", cancellationToken: Cancellation))
            updates.Add(update);

        var response = updates.ToChatResponse();
        Assert.Equal(("Once upon", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.Equal((3, 4, 7), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task Client_Gets_A_Whole_Answer()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once upon") + ChatCalls.Usage + Sse.Done);
        using var client = ClientOf(scripted);

        var response = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Tell a story")],
            cancellationToken: Cancellation);

        Assert.Equal(("Once upon", 7), (response.Text, response.Usage!.TotalTokenCount));
        var sent = scripted.Upstream.Requests[0].Json;
        Assert.Equal("Be brief.", sent.GetProperty("agent_config").GetProperty("system_prompt").GetString());
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(500, 1)]
    [InlineData(502, 1)]
    public async Task Client_Tells_The_Upstreams_Words_And_Its_Retries_Start_No_Second_Run(int status, int runs)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(status, "application/json").Body("""{"detail":"The model is on fire."}""");
        using var client = ClientOf(scripted);

        var failure = await Assert.ThrowsAsync<ClientResultException>(
            () => client.GetResponseAsync("Tell a story", cancellationToken: Cancellation));

        Assert.Contains("The model is on fire.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(runs, scripted.Upstream.Requests.Count);
        Assert.Equal(runs, (await scripted.Host.GetAsync($"{scripted.Host.Path}/runs")).Json.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Client_Calls_Its_Tools_And_Gives_Their_Results()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:Kind", "openai"));
        var vendor = new OpenAiVendor();
        var call = vendor.Call("call_a", "weather", new { city = "Paris" });
        scripted.Upstream.Answer().Body(vendor.Begin() + call + vendor.End("tool_calls"));
        scripted.Upstream.Answer().Body(vendor.Begin() + vendor.Text("It rains.") + vendor.End());
        using var inner = ClientOf(scripted);
        using var client = inner.AsBuilder().UseFunctionInvocation().Build();
        var asked = new List<string>();
        var tool = AIFunctionFactory.Create(Weather, "weather");

        var response = await client.GetResponseAsync(
            "Weather?", new ChatOptions { Tools = [tool] }, Cancellation);

        Assert.Equal(("It rains.", "Paris"), (response.Text, Assert.Single(asked)));
        var second = scripted.Upstream.Requests[1].Json;
        var messages = second.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant", "tool"], messages.Select(message => message.GetProperty("role").GetString()));
        var sent = messages[1].GetProperty("tool_calls")[0];
        Assert.Equal("call_a", sent.GetProperty("id").GetString());
        using var arguments = JsonDocument.Parse(sent.GetProperty("function").GetProperty("arguments").GetString()!);
        Assert.Equal("Paris", arguments.RootElement.GetProperty("city").GetString());
        Assert.Equal("call_a", messages[2].GetProperty("tool_call_id").GetString());
        Assert.Contains("rain in Paris", messages[2].GetProperty("content").ToString(), StringComparison.Ordinal);
        Assert.Equal("weather", second.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());

        string Weather(string city)
        {
            asked.Add(city);
            return $"rain in {city}";
        }
    }

    [Fact]
    public async Task Client_That_Hangs_Up_Leaves_The_Run_Going()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(goOn.Task).Body(Sse.Chunk("upon") + Sse.Done);
        using var client = ClientOf(scripted);

        await foreach (var update in client.GetStreamingResponseAsync("Tell a story", cancellationToken: Cancellation))
        {
            if (update.Text.Length > 0)
                break;
        }

        goOn.SetResult();
        var run = (await scripted.Host.GetAsync($"{scripted.Host.Path}/runs")).Json.GetProperty("runs")[0].GetProperty("id").GetString()!;
        await scripted.Host.EndsOnceAsync(run);
        Assert.Equal((EventTypes.Done, "Once upon"), await scripted.Host.FindAsync(run) is var ended ? (ended.State, ended.Text) : default);
    }

    private static IChatClient ClientOf(ScriptedHub scripted) =>
        new OpenAIClient(
            new ApiKeyCredential(scripted.Host.Token!), new OpenAIClientOptions { Endpoint = new Uri(scripted.Hub.Address, "/v1") })
            .GetChatClient("gpt-4.1")
            .AsIChatClient();
}
