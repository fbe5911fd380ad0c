using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Rooms.Agents;

public sealed class AgentRunsTests
{
    private const string Key = "sk-of-the-agent-51f0";
    private const string Token = "tool-token-of-the-agent";

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["llm_api_key"] = Key,
        ["mcp_config.authorization_token"] = Token,
    };

    [Theory]
    [InlineData("participant", true)]
    [InlineData("participant", false)]
    [InlineData("host", true)]
    [InlineData("host", false)]
    public async Task Agent_Is_Started_By_Its_Id_And_A_Task_Alone(string role, bool overHttp)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        await scripted.Host.AddWriterAsync(Secrets);
        var member = await scripted.Host.InviteAsync(role);

        var run = await StartAsync(member, overHttp);

        Assert.Equal(("writer", "Story Writer", "gpt-4o"), (run.Agent.Id, run.Agent.Name, run.Agent.Model));
        Assert.Equal((member.Member, "Tell a story"), (run.By, run.Task));
        var sent = (await answer.Requested).Json;
        var expected = JsonElement.Parse(
            $$"""
            {
              "agent_config": {
                "role": "worker",
                "mcp_config": { "url": "https://tools.example.org", "authorization_token": "{{Token}}" },
                "agent_name": "Story Writer", "model_name": "gpt-4o", "system_prompt": "You write for children.",
                "temperature": 0.7, "max_tokens": 400, "max_loops": 2, "llm_api_key": "{{Key}}", "streaming_on": true
              },
              "task": "Tell a story"
            }
            """);
        Assert.True(JsonElement.DeepEquals(expected, sent), sent.GetRawText());
        var events = await scripted.Host.EndsOnceAsync(run.Id);
        Assert.Equal("writer", events[0].Data.GetProperty("agent").GetProperty("id").GetString());
        Assert.Equal("writer", (await scripted.Host.FindAsync(run.Id)).Agent.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Viewer_Starts_No_Agent(bool overHttp)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync();
        var viewer = await scripted.Host.InviteAsync("viewer");

        if (overHttp)
        {
            (await viewer.TryStartAgentAsync()).IsProblem(403, ErrorCodes.Forbidden);
            return;
        }

        await using var hub = await HubCaller.ConnectAsync(viewer);
        await hub.IsRefusedAsync(ErrorCodes.Forbidden, "StartRun", viewer.Room, new { agent = "writer", task = "Tell a story" });
    }

    [Theory]
    [InlineData("""{"agent": "writer"}""", "task is missing")]
    [InlineData("""{"agent": "writer", "task": "  "}""", "task is missing")]
    [InlineData("""{"task": "Tell a story"}""", "agent is missing")]
    [InlineData("""{"agent": "writer", "task": "x", "request": {"task": "y"}}""", "Give either request, or agent and task")]
    [InlineData("""{"agent": "writer", "task": "x", "kind": "swarm"}""", "kind must be")]
    [InlineData("""{"kind": "agent"}""", "request must be the JSON object")]
    [InlineData("""{"request": null}""", "request must be the JSON object")]
    public async Task Start_That_Is_Neither_Form_Is_Refused_Over_Both_Doors(string start, string words)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync();

        var refused = await scripted.Host.PostTextAsync($"{scripted.Host.Path}/runs", start);

        Assert.Contains(
            words, refused.IsProblem(400, ErrorCodes.Invalid).Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await using var hub = await HubCaller.ConnectAsync(scripted.Host);
        await hub.IsRefusedAsync(ErrorCodes.Invalid, "StartRun", scripted.Host.Room, JsonElement.Parse(start));
        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.RunQueued);
    }

    [Fact]
    public async Task Unknown_Agent_Is_Not_Found_And_So_Is_Another_Rooms()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync();
        var other = await scripted.Hub.CreateRoomAsync();

        (await scripted.Host.TryStartAgentAsync("nobody")).IsProblem(404, ErrorCodes.NotFound);
        (await other.TryStartAgentAsync()).IsProblem(404, ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Agent_Removed_While_Its_Run_Waits_Leaves_That_Run_As_It_Was_Admitted()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.AnswerAndHang(1);
        var waited = scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        await scripted.Host.AddWriterAsync(Secrets);
        await using var viewer = await TestViewer.JoinAsync(scripted.Hub.Address, scripted.Host.Admission);
        var first = await scripted.Host.StartAgentAsync();
        var second = await scripted.Host.StartAgentAsync(key: "k1");
        Assert.Equal(1, second.Position);

        Assert.Equal(204, (await scripted.Host.RemoveAsync("writer")).Status);
        (await scripted.Host.TryStartAgentAsync()).IsProblem(404, ErrorCodes.NotFound);
        // The repeated start is the run that there is.
        Assert.Equal(second.Id, (await scripted.Host.StartAgentAsync(key: "k1")).Id);
        await scripted.Host.CancelAsync(first.Id);

        var sent = (await waited.Requested).Json.GetProperty("agent_config");
        Assert.Equal((Key, "Story Writer"), (sent.GetProperty("llm_api_key").GetString(), sent.GetProperty("agent_name").GetString()));
        await scripted.Host.EndsOnceAsync(second.Id);
        Assert.Equal("writer", (await viewer.EndOfAsync(second.Id)).Agent.Id);
        Assert.Empty(await scripted.Host.AgentsAsync());
    }

    [Fact]
    public async Task Idempotency_Key_Stands_For_Agent_And_Task_However_The_Agent_Changes()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        await scripted.Host.AddWriterAsync();
        var first = await scripted.Host.StartAgentAsync(key: "k1");
        await scripted.Host.SetAsync("writer", new { name = "Another", model = "gpt-4.1" });

        var again = await scripted.Host.StartAgentAsync(key: "k1");

        Assert.Equal((first.Id, "Story Writer"), (again.Id, again.Agent.Name));
        (await scripted.Host.TryStartAgentAsync(task: "Tell another story", key: "k1")).IsProblem(409, ErrorCodes.Conflict);
        (await scripted.Host.TryStartAsync(key: "k1")).IsProblem(409, ErrorCodes.Conflict);
    }

    [Fact]
    public async Task Long_Task_Is_Cut_For_The_Room_And_Whole_For_The_Upstream()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer().Body(Sse.Done);
        await scripted.Host.AddWriterAsync();
        var task = new string('x', 100_000);

        var run = await scripted.Host.StartAgentAsync(task: task);

        Assert.Equal((Run.MaxTaskLength, 100_000), (run.Task.Length, run.TaskLength));
        Assert.Equal(task, (await answer.Requested).Json.GetProperty("task").GetString());
    }

    private static async Task<Run> StartAsync(MemberCaller member, bool overHttp)
    {
        if (overHttp)
            return await member.StartAgentAsync();

        await using var hub = await HubCaller.ConnectAsync(member);
        var run = await hub.InvokeAsync("StartRun", member.Room, new { agent = "writer", task = "Tell a story" });
        return run.Deserialize<Run>(ProtocolJson.Options)!;
    }
}
