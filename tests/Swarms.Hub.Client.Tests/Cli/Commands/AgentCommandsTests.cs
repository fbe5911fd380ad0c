using System.Text.Json;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The commands on a room's agents: each one's call and its output.</summary>
public sealed class AgentCommandsTests : IAsyncLifetime
{
    private static readonly RoomAgent Writer = new()
    {
        Id = "writer",
        Name = "Story Writer",
        Model = "gpt-4o",
        SystemPrompt = "You write for children.",
        Presets = [new AgentPreset("Story", "Tell a story")],
        AnswersMentions = true,
        Secrets = ["llm_api_key"],
    };

    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private FakeCall LastCall => _hub.Calls.Last();

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        var hub = _hub.Address.GetLeftPart(UriPartial.Authority);
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession(hub, "room1", "token1"));
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2) with { Agents = [Writer] }, Ada));
        _hub.Answer("PUT /api/rooms/room1/agents/writer", Writer);
        _hub.Answer("PUT /api/rooms/room1/agents/critic", Writer with { Id = "critic" }, 201);
        _hub.Answer("DELETE /api/rooms/room1/agents/writer", new { }, 204);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Agents_Are_Listed_With_The_Places_Of_Their_Secrets()
    {
        var result = await _user.RunAsync("agents");

        Assert.Equal(
            (0, "writer  Story Writer  gpt-4o  answers mentions  secrets: llm_api_key\n", ""),
            (result.Code, result.Output, result.Error));
    }

    [Fact]
    public async Task New_Agent_Has_What_Was_Given_And_Its_Secret_Comes_From_The_Environment()
    {
        _user.Environment["OPENAI"] = "sk-of-the-agent";

        var result = await _user.RunAsync(
            ["agent", "set", "critic", "--model", "gpt-4.1", "--temperature", "0.5", "--max-tokens", "90", "--config", "-",
                "--preset", "Short=Say it = shorter", "--secret", "llm_api_key=OPENAI", "--answers-mentions"],
            CancellationToken.None,
            """{"role":"worker"}""");

        Assert.Equal((0, "critic\n", ""), (result.Code, result.Output, result.Error));
        AreEqual(
            """
            {"name":"critic","model":"gpt-4.1","temperature":0.5,"maxTokens":90,"config":{"role":"worker"},
             "presets":[{"title":"Short","prompt":"Say it = shorter"}],"answersMentions":true,"secrets":{"llm_api_key":"sk-of-the-agent"}}
            """);
    }

    [Fact]
    public async Task Agent_That_Is_There_Keeps_What_Was_Not_Given()
    {
        var result = await _user.RunAsync("agent", "set", "writer", "--name", "Poet", "--secret", "llm_api_key=");

        Assert.Equal((0, "writer\n", ""), (result.Code, result.Output, result.Error));
        AreEqual(
            """
            {"name":"Poet","model":"gpt-4o","systemPrompt":"You write for children.",
             "presets":[{"title":"Story","prompt":"Tell a story"}],"answersMentions":true,"secrets":{"llm_api_key":null}}
            """);
    }

    [Theory]
    [InlineData("The environment variable for the secret llm_api_key is not set.", "--secret", "llm_api_key=sk-typed-by-mistake")]
    [InlineData("A --secret is PLACE=VARIABLE, as llm_api_key=OPENAI_API_KEY.", "--secret", "sk-typed-by-mistake")]
    [InlineData("'Story' is no TITLE=TASK.", "--preset", "Story")]
    public async Task Mistyped_Argument_Is_Refused_And_A_Secret_Is_Not_Repeated(string sentence, params string[] arguments)
    {
        var result = await _user.RunAsync(["agent", "set", "writer", .. arguments]);

        Assert.Equal((1, "", sentence), (result.Code, result.Output, result.Error.Trim()));
        Assert.DoesNotContain(_hub.Calls, call => call.Body.Length > 0);
    }

    [Fact]
    public async Task Agent_Is_Removed_By_Its_Id()
    {
        var result = await _user.RunAsync("agent", "remove", "writer");

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
    }

    [Theory]
    [InlineData("Tell a story", "", "Tell a story")]
    [InlineData("-", "From standard input", "From standard input")]
    public async Task Start_Gives_Agent_And_Task_Alone_And_Prints_The_Runs_Id(string task, string input, string given)
    {
        _hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = DoneRun("Once") }, 202);

        var result = await _user.RunAsync(["start", "--agent", "writer", task, "--detach"], CancellationToken.None, input);

        Assert.Equal((0, "r1\n", ""), (result.Code, result.Output, result.Error));
        var body = JsonElement.Parse(LastCall.Body);
        Assert.Equal(
            ("writer", given, false),
            (body.GetProperty("agent").GetString(), body.GetProperty("task").GetString(), body.TryGetProperty("request", out _)));
        Assert.True(body.TryGetProperty("idempotencyKey", out _));
    }

    [Fact]
    public async Task Command_Below_Another_Is_Named_Whole_In_A_Refusal()
    {
        var result = await _user.RunAsync("agent", "set");

        Assert.Equal(1, result.Code);
        Assert.Contains("See 'swarms-hub agent set --help'.", result.Error, StringComparison.Ordinal);
    }

    private void AreEqual(string expected) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(LastCall.Body)), LastCall.Body);
}
