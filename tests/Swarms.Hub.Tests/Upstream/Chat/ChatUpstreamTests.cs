using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>One suite over every kind of model: what comes out is the same, whatever the vendor sends.</summary>
public sealed partial class ChatUpstreamTests
{
    public static TheoryData<string> Kinds => ["openai", "ollama", "anthropic"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answer_Is_Told_In_The_Hubs_Events(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var vendor = chat.Vendor;
        chat.Answer().Body(vendor.Begin()).Body(vendor.Text("Once ")).Body(vendor.Text("upon 🦊")).Body(vendor.End(null, (25, 7)));

        var read = await chat.ReadAsync();

        Assert.Equal("metadata chunk chunk usage done", ChatUnderTest.Types(read));
        Assert.Equal("Once upon 🦊", ChatUnderTest.Text(read));
        Assert.Equal("Poet", read[0].Data.GetProperty("name").GetString());
        Assert.Equal("""{"inputTokens":25,"outputTokens":7,"totalTokens":32,"cost":null}""", read[^2].Data.GetRawText());
        var request = Assert.Single(chat.Server.Requests);
        Assert.Equal(("POST", vendor.Path), (request.Method, request.Path));
        Assert.True(request.Json.GetProperty("stream").GetBoolean());
        Assert.Equal("m1", request.Json.GetProperty("model").GetString());
        Assert.StartsWith("swarms-hub/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Contains(ChatUnderTest.Key, string.Join(' ', request.Headers.Values), StringComparison.Ordinal);
        Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("X-Stainless", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Frames_For_The_Door_Are_Those_Of_The_Swarms_Api(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("word") + chat.Vendor.End("length", (2, 3)));
        await using var response = await chat.SendAsync();

        var raw = new List<string>();
        await foreach (var frame in response.ReadFramesAsync(TestContext.Current.CancellationToken))
            raw.Add(frame.Raw is { } sent ? $"{sent.Name} {sent.Data}" : "-");

        Assert.Equal(200, response.Status);
        Assert.StartsWith("metadata {\"job_id\":", raw[0], StringComparison.Ordinal);
        Assert.Equal("chunk {\"content\":\"word\"}", raw[1]);
        Assert.Equal("-", raw[2]);
        Assert.StartsWith("usage {\"input_tokens\":", raw[3], StringComparison.Ordinal);
        Assert.StartsWith("done {\"status\":\"finished\"", raw[4], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Reasoning_And_Tool_Calls_Are_Events_Of_Their_Own(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var vendor = chat.Vendor;
        chat.Answer().Body(vendor.Begin() + vendor.Reasoning("Hm. ") + vendor.Reasoning("So."))
            .Body(vendor.Text("Look: ") + vendor.Call("call_1", "weather", new { city = "Bern", days = 2 }))
            .Body(vendor.End("tool_calls", (9, 4)));

        var read = await chat.ReadAsync();

        var reasoning = read.Where(made => made.Type == "reasoning").Select(made => made.Data.GetProperty("content").GetString());
        Assert.Equal("Hm. So.", string.Concat(reasoning));
        Assert.Equal("Look: ", ChatUnderTest.Text(read));
        var call = Assert.Single(read, made => made.Type == "tool_call").Data;
        Assert.Equal("weather", call.GetProperty("name").GetString());
        Assert.Equal("""{"city":"Bern","days":2}""", call.GetProperty("arguments").GetString());
        Assert.Equal(kind == "ollama" ? null : "call_1", call.TryGetProperty("id", out var id) ? id.GetString() : null);
        Assert.Equal("done", read[^1].Type);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stream_Of_Tool_Calls_Only_Is_Done_And_Lacks_Nothing(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var vendor = chat.Vendor;
        chat.Answer().Body(vendor.Begin() + vendor.Call("call_1", "clock", new { }) + vendor.End(null, (9, 4)));

        var read = await chat.ReadAsync();

        Assert.Equal("metadata tool_call usage done", ChatUnderTest.Types(read));
        Assert.Equal("{}", read[1].Data.GetProperty("arguments").GetString());
    }

    [Theory]
    [InlineData("openai", "length", "length")]
    [InlineData("openai", "content_filter", "content_filter")]
    [InlineData("openai", "tool_calls", "tool_calls")]
    [InlineData("openai", "abort", "abort")]
    [InlineData("openai", "stop", null)]
    [InlineData("ollama", "length", "length")]
    [InlineData("ollama", "stop", null)]
    [InlineData("anthropic", "max_tokens", "length")]
    [InlineData("anthropic", "tool_use", "tool_calls")]
    [InlineData("anthropic", "refusal", "content_filter")]
    [InlineData("anthropic", "stop_sequence", null)]
    public async Task Reason_Why_The_Model_Stopped_Is_In_A_Second_Metadata(string kind, string word, string? expected)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half") + chat.Vendor.End(word, (1, 2)));

        var read = await chat.ReadAsync();

        Assert.Equal(expected is null ? "metadata chunk usage done" : "metadata chunk metadata usage done", ChatUnderTest.Types(read));
        if (expected is not null)
            Assert.Equal(expected, read[2].Data.GetProperty("finishReason").GetString());
    }

    [Fact]
    public async Task Usage_That_Comes_Twice_Or_Early_Is_One_Event_With_The_Larger_Figures()
    {
        await using var chat = await ChatUnderTest.StartAsync("openai");
        chat.Answer().Body(OpenAiVendor.Usage(10, 1) + chat.Vendor.Begin() + chat.Vendor.Text("a"))
            .Body(OpenAiVendor.Usage(10, 5) + chat.Vendor.Text("b") + OpenAiVendor.Usage(10, 3) + chat.Vendor.End(null, null));

        var read = await chat.ReadAsync();

        Assert.Equal("ab", ChatUnderTest.Text(read));
        var usage = Assert.Single(read, made => made.Type == "usage").Data;
        Assert.Equal("""{"inputTokens":10,"outputTokens":5,"totalTokens":15,"cost":null}""", usage.GetRawText());
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    public async Task Usage_That_Never_Comes_Is_No_Event_And_No_Fault(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("a") + chat.Vendor.End());

        Assert.Equal("metadata chunk done", ChatUnderTest.Types(await chat.ReadAsync()));
    }

    [Fact]
    public async Task Cost_That_The_Upstream_States_Is_Kept()
    {
        await using var chat = await ChatUnderTest.StartAsync("openai");
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("a")
            + "data: {\"id\":\"c\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,\"cost\":0.0125}}\n\n"
            + chat.Vendor.End());

        var usage = Assert.Single(await chat.ReadAsync(), made => made.Type == "usage").Data;
        Assert.Equal("""{"inputTokens":1,"outputTokens":2,"totalTokens":3,"cost":0.0125}""", usage.GetRawText());
    }

    [Fact]
    public async Task Reasoning_Under_Its_Other_Name_And_Arguments_That_Are_No_Json_Are_Told_Too()
    {
        await using var chat = await ChatUnderTest.StartAsync("openai");
        chat.Answer().Body(chat.Vendor.Begin() + OpenAiVendor.Chunk(new { reasoning = "Thinking" }))
            .Body(chat.Vendor.Call("call_9", "clock", "{\"a\": oops") + chat.Vendor.End("tool_calls"));

        var read = await chat.ReadAsync();

        Assert.Equal("metadata reasoning tool_call metadata done", ChatUnderTest.Types(read));
        Assert.Equal("Thinking", read[1].Data.GetProperty("content").GetString());
        Assert.Equal("{\"a\": oops", read[2].Data.GetProperty("arguments").GetString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Caller_Without_A_Stream_Gets_The_Swarms_Apis_Json(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("whole") + chat.Vendor.End(null, (25, 4)));

        await using var response = await chat.SendAsync(isStreamed: false);

        Assert.False(response.IsEventStream);
        var json = JsonElement.Parse(response.Json!.Value.Span);
        Assert.True(json.GetProperty("success").GetBoolean());
        Assert.Equal("whole", json.GetProperty("outputs")[0].GetProperty("content").GetString());
        Assert.Equal(29, json.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("metadata chunk usage done", ChatUnderTest.Types(await ChatUnderTest.ReadAsync(response)));
    }
}
