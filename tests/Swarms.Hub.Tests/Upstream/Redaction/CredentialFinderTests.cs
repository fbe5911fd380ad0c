using System.Text.Json;

namespace Swarms.Hub.Upstream;

public sealed class CredentialFinderTests
{
    private const string Secret = "s3cr3t-0123456789";

    [Theory]
    [InlineData("""{"agent_config":{"mcp_config":{"authorization_token":"S"}}}""")]
    [InlineData("""{"agent_config":{"mcp_config":{"headers":{"Authorization":"Bearer S"}}}}""")]
    [InlineData("""{"agent_config":{"mcp_config":{"headers":{"X-A":"S"}}}}""")]
    [InlineData("""{"agent_config":{"mcp_url":"https://user:S@tools.example/sse"}}""")]
    [InlineData("""{"agent_config":{"mcp_url":"https://S@tools.example/sse"}}""")]
    [InlineData("""{"agent_config":{"mcp_url":"https://tools.example/sse?token=S"}}""")]
    [InlineData("""{"agent_config":{"mcp_url":"wss://tools.example?a=1&odd=S#x"}}""")]
    [InlineData("""{"agent_config":{"url":"tools://x/#access=S"}}""")]
    [InlineData("""{"agent_config":{"llm_args":{"api_key":"S"}}}""")]
    [InlineData("""{"agent_config":{"llm_api_key":"S"}}""")]
    [InlineData("""{"agent_config":{"password":"S"}}""")]
    [InlineData("""{"agent_config":{"API-KEY":"S"}}""")]
    [InlineData("""{"agent_config":{"apiKey":"S"}}""")]
    [InlineData("""{"agent_config":{"x.access.token":["a",["S"]]}}""")]
    [InlineData("""{"agent_config":{"credentials":{"user":"x","deep":{"value":"S"}}}}""")]
    [InlineData("""{"agent_config":{"default_headers":[{"name":"X-A","value":"S"}]}}""")]
    [InlineData("""{"agent_config":{"extraHeaders":[["X-A","S"]]}}""")]
    [InlineData("""{"agent_config":{"headers":["X-A: S","Accept: text/plain"]}}""")]
    [InlineData("""{"agent_config":{"headers":"X-A: S\nAccept: text/plain"}}""")]
    [InlineData("""{"agent_config":{"headers":{"X-A":["S"]}}}""")]
    [InlineData("""{"agent_config":{"headers":{"Cookie":"theme=dark; session=S"}}}""")]
    [InlineData("""{"agent_config":{"mcp_config":{"env":{"ANYTHING":"S"}}}}""")]
    [InlineData("""{"agent_config":{"env":["OPENAI_API_KEY=S"]}}""")]
    [InlineData("""{"agent_config":{"env":[{"name":"HOME_OF_IT","value":"S"}]}}""")]
    [InlineData("""{"agent_config":{"args":["-y","remote","--api-key","S"]}}""")]
    [InlineData("""{"agent_config":{"args":["--token=S"]}}""")]
    [InlineData("""{"agent_config":{"args":["--header","Authorization: Bearer S"]}}""")]
    [InlineData("""{"agent_config":{"args":["remote","https://tools.example/?k=S"]}}""")]
    [InlineData("""{"agent_config":{"command":"npx remote 'https://tools.example/?k=S' --x"}}""")]
    [InlineData("""{"agent_config":{"parameters":[{"name":"access_token","value":"S"}]}}""")]
    [InlineData("""{"agent_config":{"tool_config":"{\"apiKey\": \"S\"}"}}""")]
    [InlineData("""{"agents":[{"handoffs":[{"mcp_configs":{"connections":[{"authorization_token":"S"}]}}]}]}""")]
    public void Credential_Is_Found_And_So_Is_Its_Place(string request)
    {
        var written = request.Replace("S", Secret, StringComparison.Ordinal);
        Assert.Contains(Secret, Find(written));
        Assert.NotNull(CredentialFinder.FindPlace(JsonElement.Parse(written)));
    }

    [Theory]
    [InlineData("s%33cr3t%2D0123456789")]
    [InlineData("s3cr3t%2d0123456789")]
    public void Value_Of_An_Address_Is_Found_As_It_Is_Written_And_As_It_Means(string written)
    {
        var found = Find($$"""{"mcp_url":"https://tools.example/?token={{written}}"}""");
        Assert.Contains(written, found);
        Assert.Contains(Secret, found);
    }

    [Theory]
    [InlineData("""{"task":"What does https://wiki.example/?title=Photosynthesis say? token=abcdefghijk"}""")]
    [InlineData("""{"tasks":["https://user:password@x.example/?title=Photosynthesis"]}""")]
    [InlineData("""{"agent_config":{"max_tokens":81920000,"tokenizer":"cl100k_base","agent_name":"Storyteller"}}""")]
    [InlineData("""{"agent_config":{"headers":{"Content-Type":"application/json","Accept":"text/event-stream"}}}""")]
    [InlineData("""{"agent_config":{"password":"short12","system_prompt":"Tell a story about a key: the golden one."}}""")]
    public void What_The_Room_May_Read_Is_Left_Alone(string request) => Assert.Empty(Find(request));

    [Theory]
    [InlineData("""{"max_tokens":81920000,"tokenizer":"cl100k_base","agent_name":"Storyteller"}""", null)]
    [InlineData("""{"password":null,"auth":false}""", null)]
    [InlineData("""{"headers":{"Accept":"application/json"}}""", null)]
    [InlineData("""{"password":""}""", "password")]
    [InlineData("""{"a":[1,{"b":{"pin":1}}]}""", "a.1.b.pin")]
    public void Field_With_The_Name_Of_A_Credential_Has_A_Place_Whatever_It_Holds(string config, string? place) =>
        Assert.Equal(place, CredentialFinder.FindPlace(JsonElement.Parse(config)));

    [Theory]
    [InlineData("\\t\\n npx --token=S and more of it")]
    [InlineData("\\u007b\\\"apiKey\\\": \\\"S\\\"\\u007d")]
    [InlineData("[\\\"--api-key\\\", \\\"S\\\"]")]
    [InlineData("Ünïcode 🦊 https://user:S@tools.example/ and <wss://x.example?k=S>'http://y/#S=S'")]
    [InlineData("a://b\\u003a//S?c=S\\u00a0d://e?f=S")]
    [InlineData("://?a=S ://: {not json} = : \\\\")]
    public void Long_Text_Is_Searched_Where_It_Lies_And_Gives_The_Same(string text) =>
        Find($$"""{"agent_config":{"system_prompt":"{{text.Replace("S", Secret, StringComparison.Ordinal)}}" } }""");

    [Fact]
    public void Long_Text_Is_Never_Built()
    {
        var text = string.Concat(Enumerable.Repeat("Tell: of the fox, and 1+1=2. ", 400_000));
        var request = JsonElement.Parse($$"""{"agent_config":{"system_prompt":"{{text}}" } }""");
        CredentialFinder.Find(request);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(CredentialFinder.Find(request));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, text.Length / 10);
    }

    // A text is searched as a string and where it lies, with the same result.
    private static HashSet<string> Find(string request)
    {
        var found = CredentialFinder.Find(JsonElement.Parse(request));
        Assert.Equal(found.Order(), CredentialFinder.Find(JsonElement.Parse(request), longTextBytes: 0).Order());
        return found;
    }
}
