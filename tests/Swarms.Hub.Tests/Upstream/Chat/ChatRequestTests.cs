using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Checks what each vendor is sent for a request of the Swarms API.</summary>
public sealed class ChatRequestTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private const string Whole = """
        {
          "agent_config": {
            "agent_name": "Poet", "model_name": "m1", "system_prompt": "Be brief.", "max_tokens": 50, "temperature": 0.5,
            "max_loops": 1, "streaming_on": true, "role": "worker",
            "llm_args": {
              "top_p": 0.9, "stop": ["END"],
              "tools": [{"type": "function", "function": {"name": "clock", "description": "Tells the time.",
                "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}, "required": ["zone"]}}}]
            }
          },
          "history": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
          "task": "Look.",
          "img": "data:image/png;base64,IMAGE"
        }
        """;

    [Fact]
    public async Task Chat_Completions_Get_The_Arguments_As_They_Are()
    {
        const string More = "\"top_p\": 0.9, \"min_p\": 0.05, \"logit_bias\": {\"7\": -1}";
        var sent = await SentAsync("openai", Whole.Replace("\"top_p\": 0.9", More, StringComparison.Ordinal));

        Assert.Equal(["system Be brief.", "user Hi", "assistant Hello", "user Look."], Messages(sent));
        Assert.Equal(
            $"data:image/png;base64,{Png}",
            sent.GetProperty("messages")[3].GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString());
        Assert.Equal((50, 0.5), (Int(sent, "max_tokens"), Double(sent, "temperature")));
        Assert.Equal((0.9, 0.05), (Double(sent, "top_p"), Double(sent, "min_p")));
        Assert.Equal("""{"7": -1}""", sent.GetProperty("logit_bias").GetRawText());
        Assert.Equal("clock", sent.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.True(sent.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Fact]
    public async Task Ollama_Gets_Options_And_Images_By_Its_Names()
    {
        const string More = "\"top_p\": 0.9, \"num_ctx\": 4096";
        var sent = await SentAsync("ollama", Whole.Replace("\"top_p\": 0.9", More, StringComparison.Ordinal));

        Assert.Equal(["system Be brief.", "user Hi", "assistant Hello", "user Look."], Messages(sent));
        Assert.Equal(Png, sent.GetProperty("messages")[3].GetProperty("images")[0].GetString());
        var options = sent.GetProperty("options");
        Assert.Equal((50, 4096), (Int(options, "num_predict"), Int(options, "num_ctx")));
        Assert.Equal(0.5, Double(options, "temperature"), 5);
        Assert.Equal("clock", sent.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
    }

    // The field by which a program of OpenAI's API names its own user.
    [Theory]
    [InlineData("openai", "ann")]
    [InlineData("ollama", null)]
    [InlineData("anthropic", null)]
    public async Task User_Of_The_Calling_Program_Goes_To_Chat_Completions_Only(string kind, string? user)
    {
        var sent = await SentAsync(kind, Whole.Replace("\"top_p\": 0.9", "\"top_p\": 0.9, \"user\": \"ann\"", StringComparison.Ordinal));

        Assert.Equal(user, sent.TryGetProperty("user", out var field) ? field.GetString() : null);
    }

    [Fact]
    public async Task Anthropic_Gets_System_Images_And_Tools_In_Its_Form()
    {
        var sent = await SentAsync("anthropic", Whole);

        Assert.Contains("Be brief.", sent.GetProperty("system").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(3, sent.GetProperty("messages").GetArrayLength());
        Assert.Contains(Png, sent.GetProperty("messages")[2].GetRawText(), StringComparison.Ordinal);
        Assert.Equal((50, 0.5), (Int(sent, "max_tokens"), Double(sent, "temperature")));
        Assert.Equal("END", sent.GetProperty("stop_sequences")[0].GetString());
        Assert.Equal("zone", sent.GetProperty("tools")[0].GetProperty("input_schema").GetProperty("required")[0].GetString());
    }

    [Fact]
    public async Task Anthropic_Gets_The_Swarms_Apis_Bound_Where_None_Is_Given()
    {
        var sent = await SentAsync("anthropic", """{"agent_config":{"model_name":"m1"},"task":"t"}""");

        Assert.Equal(8192, Int(sent, "max_tokens"));
    }

    [Theory]
    [InlineData("openai", """ "img": "http://example.org/a.png" """, "img must be an https address, or base64.")]
    [InlineData("openai", """ "img": "no base64!" """, "img must be an image in base64, or its https address.")]
    [InlineData("openai", """ "img": "AAAA" """, "img must be a PNG, JPEG, GIF or WebP image.")]
    [InlineData("openai", """ "img": "data:text/html;base64,AAAA" """, "img must be one of image/png, image/jpeg, image/gif, image/webp.")]
    [InlineData("openai", """ "imgs": "x" """, "imgs must be an array of images.")]
    [InlineData("openai", """ "imgs": [7] """, "imgs must be an image in base64, or its https address.")]
    [InlineData("ollama", """ "imgs": ["https://example.org/a.png"] """,
        "imgs must be base64: this upstream fetches no images by their addresses.")]
    [InlineData("openai", """ "history": [{"role": "tool", "content": "x"}] """,
        "Each message of history must have the role user, assistant or system.")]
    [InlineData("openai", """ "history": "x" """, "history must be an array of messages.")]
    [InlineData("openai", """ "tools_enabled": ["auto_search"] """,
        "tools_enabled works with the Swarms API only. Leave it out, or choose a model of that upstream.")]
    public async Task Request_That_Cannot_Be_Passed_On_Is_Refused_And_Not_Sent(string kind, string field, string sentence) =>
        await RefusedAsync(kind, $$"""{"agent_config":{"model_name":"m1"},"task":"t",{{field}}}""", sentence);

    [Theory]
    [InlineData("openai", """ "n": 2 """, "llm_args.n must be 1, or be left out: a run has one answer.")]
    [InlineData("openai", """ "model": "x" """, "llm_args may not have model, messages, stream, stream_options: the hub sets them.")]
    [InlineData("openai", """ "max_tokens": 0 """, "max_tokens must be a whole number from 1.")]
    [InlineData("openai", """ "a b": 0 """, "The names in llm_args may have the signs a to z, 0 to 9 and _.")]
    [InlineData("ollama", """ "top_p": "x" """, "top_p must be a number.")]
    [InlineData("anthropic", """ "tool_choice": "some" """, "tool_choice must be auto, none, required, or the function to call.")]
    [InlineData("anthropic", """ "seed": 7 """, "seed cannot be passed to this upstream: its API does not have it.")]
    [InlineData("anthropic", """ "response_format": {"type": "json_object"} """,
        "response_format must have a schema (json_schema) for this upstream.")]
    [InlineData("anthropic", """ "tools": [{}] """, "Each of tools must be a function with a name.")]
    public async Task Argument_That_Cannot_Be_Passed_On_Is_Refused_And_Not_Sent(string kind, string argument, string sentence) =>
        await RefusedAsync(kind, $$"""{"agent_config":{"model_name":"m1","llm_args":{ {{argument}} } },"task":"t"}""", sentence);

    [Fact]
    public async Task Argument_Without_A_Translation_Is_Refused_With_Those_That_Have_One()
    {
        await using var chat = await ChatUnderTest.StartAsync("anthropic");

        var refused = await chat.RefusalAsync("""{"agent_config":{"model_name":"m1","llm_args":{"logit_bias":{}}},"task":"t"}""");

        const string Beginning = "llm_args.logit_bias cannot be passed to this upstream. It takes temperature, top_p,";
        Assert.StartsWith(Beginning, refused.Message, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string kind, string body, string sentence)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);

        var refused = await chat.RefusalAsync(body);

        Assert.Equal(("invalid", sentence, false), (refused.Code, refused.Message, refused.MayHaveBegun));
        Assert.Equal(sentence, chat.Upstream.Refuse("agent", Encoding.UTF8.GetBytes(body)));
        Assert.Empty(chat.Server.Requests);
    }

    private static async Task<JsonElement> SentAsync(string kind, string body)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("x") + chat.Vendor.End());
        Assert.Equal("done", (await chat.ReadAsync(body.Replace("IMAGE", Png, StringComparison.Ordinal)))[^1].Type);
        return Assert.Single(chat.Server.Requests).Json;
    }

    private static IEnumerable<string> Messages(JsonElement sent) => sent.GetProperty("messages").EnumerateArray()
        .Select(message => $"{message.GetProperty("role").GetString()} {TextOf(message.GetProperty("content"))}");

    private static string? TextOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.String ? content.GetString() : content[0].GetProperty("text").GetString();

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static double Double(JsonElement json, string name) => json.GetProperty(name).GetDouble();
}
