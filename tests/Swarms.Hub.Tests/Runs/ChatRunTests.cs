using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.Chat;

namespace Swarms.Hub.Runs;

/// <summary>Runs of models beside the default upstream, as a room sees them.</summary>
public sealed class ChatRunTests
{
    private static readonly object Request = new { agent_config = new { agent_name = "Poet", model_name = "lab/m1" }, task = "Look." };

    private static readonly string[] Allowed = ["m2", "gpt-4.1", "lab/m9"];

    [Fact]
    public async Task Room_Sees_Text_Tool_Calls_And_Usage_Of_A_Named_Upstream()
    {
        await using var server = await ScriptedUpstream.StartAsync();
        await using var hub = Start(server);
        var host = await hub.CreateRoomAsync();
        Answer(server);

        var run = await FinishAsync(host, Request);

        Assert.Equal(("done", "Look: ", "lab/m1"), (run.State, run.Text, run.Agent.Model));
        Assert.Equal((8, "tool_calls"), (run.ReasoningLength, run.FinishReason));
        Assert.Equal(new RunToolCall("call_1", "tool-secret", """{"a":1}""", null), Assert.Single(run.ToolCalls!));
        Assert.Equal(new Usage(9, 4, 13, null), run.Usage);
        await host.FoldsToTheSnapshotAsync();
        Assert.Equal("m1", Assert.Single(server.Requests).Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Request_That_No_Upstream_Takes_Is_Refused_Before_It_Is_Queued()
    {
        await using var server = await ScriptedUpstream.StartAsync();
        await using var hub = Start(server);
        var host = await hub.CreateRoomAsync();

        var answer = await host.PostAsync(
            $"{host.Path}/runs",
            new { kind = "swarm", request = new { name = "Team", agents = new[] { new { model_name = "lab/m1" } }, task = "t" } });

        Assert.Equal(400, answer.Status);
        Assert.Contains("A swarm runs on the Swarms API only", answer.Text, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.DoesNotContain(await host.EventsAsync(), e => e.Type.StartsWith("run.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_Are_Those_Of_The_Upstreams_Or_Of_The_Rooms_Budget()
    {
        await using var server = await ScriptedUpstream.StartAsync();
        await using var hub = Start(server, ("Upstreams:lab:Models", "m1;m2"));
        var host = await hub.CreateRoomAsync();

        Assert.Equal(
            """{"models":[{"id":"m1","upstream":"lab"},{"id":"m2","upstream":"lab"}],"isOpen":true}""",
            (await host.GetAsync($"{host.Path}/models")).Text);
        await RoomChangesTests.ChangeAsync(host, new { budget = new { models = Allowed } });
        Assert.Equal(
            """{"models":[{"id":"gpt-4.1","upstream":"default"},{"id":"m2","upstream":"lab"}],"isOpen":false}""",
            (await host.GetAsync($"{host.Path}/models")).Text);
        var description = (await hub.Anybody().GetAsync("/api/server")).Text;
        Assert.Contains("""
            "otherUpstreams":[{"name":"lab","kind":"openai"}]
            """.Trim(), description, StringComparison.Ordinal);
        Assert.DoesNotContain(ChatUnderTest.Key, description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blind_Run_Shows_Its_Text_Alone_Until_It_Is_Revealed()
    {
        await using var server = await ScriptedUpstream.StartAsync();
        await using var hub = Start(server);
        var host = await hub.CreateRoomAsync();
        Answer(server);
        Answer(server);
        var group = await host.StartGroupAsync([GroupCalls.Entry("Poet", "lab/m1"), GroupCalls.Entry("Bard", "lab/m2")], isBlind: true);
        foreach (var run in group.Runs)
            await host.EndedAsync(run);

        var before = JsonSerializer.Serialize(await host.EventsAsync()) + (await host.GetAsync(host.Path)).Text;
        Assert.All((string[])["inner", "tool-secret", "tool_calls"], word => Assert.DoesNotContain(word, before, StringComparison.Ordinal));
        Assert.Contains("Look: ", before, StringComparison.Ordinal);

        await host.RevealAsync(group);

        var after = JsonSerializer.Serialize(await host.EventsAsync());
        Assert.All((string[])["inner", "tool-secret", "tool_calls"], word => Assert.Contains(word, after, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Held_Run_Keeps_Reasoning_And_Tool_Calls_In_Its_Lane_Until_They_Are_Released()
    {
        await using var server = await ScriptedUpstream.StartAsync();
        await using var hub = Start(server);
        var host = await hub.CreateRoomAsync();
        await RoomChangesTests.ChangeAsync(host, new { holdBack = new { } });
        Answer(server);
        var run = RunCalls.Started(await host.TryStartAsync(Request));
        var lane = $"/api/rooms/{run.Hold!.Lane}";
        await Until.TrueAsync(async () => (await host.GetAsync(lane)).Text.Contains("tool-secret", StringComparison.Ordinal));

        var before = JsonSerializer.Serialize(await host.EventsAsync());
        Assert.All((string[])["inner", "tool-secret", "tool_calls"], word => Assert.DoesNotContain(word, before, StringComparison.Ordinal));

        await Until.TrueAsync(async () => (await host.GetAsync(lane)).Text.Contains("\"state\":\"done\"", StringComparison.Ordinal));
        Assert.Equal(204, (await host.PostAsync($"{host.Path}/runs/{run.Id}/release", new { })).Status);
        var ended = await host.EndedAsync(run.Id);
        Assert.Equal((8, "tool_calls"), (ended.ReasoningLength, ended.FinishReason));
        Assert.Equal("tool-secret", Assert.Single(ended.ToolCalls!).Name);
    }

    private static HubUnderTest Start(ScriptedUpstream server, params (string, string)[] settings) => HubUnderTest.Start(
    [
        ("Upstream:Kind", "simulator"), ("Upstreams:lab:Kind", "openai"), ("Upstreams:lab:ApiKey", ChatUnderTest.Key),
        ("Upstreams:lab:BaseAddress", new Uri(server.BaseAddress, "v1").ToString()), .. settings,
    ]);

    private static void Answer(ScriptedUpstream server)
    {
        var vendor = Vendor.Of("openai");
        server.Answer().Body(vendor.Begin() + vendor.Reasoning("inner") + vendor.Reasoning("...") + vendor.Text("Look: "))
            .Body(vendor.Call("call_1", "tool-secret", new { a = 1 }) + vendor.End("tool_calls", (9, 4)));
    }

    private static async Task<Run> FinishAsync(MemberCaller host, object request)
    {
        var answer = await host.PostAsync($"{host.Path}/runs", new { request });
        Assert.Equal(202, answer.Status);
        var id = answer.Json.GetProperty("run").GetProperty("id").GetString()!;
        await host.EndedAsync(id);
        return await host.FindAsync(id);
    }
}
