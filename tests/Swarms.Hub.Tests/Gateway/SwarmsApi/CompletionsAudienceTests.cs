using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>Callers of the doors who may not see costs.</summary>
public sealed class CompletionsAudienceTests
{
    private const string Usage = "event: usage\ndata: {\"total_tokens\": 7,  \"img_cost\": 0.0, \"total_cost\": 0.5}\n\n";

    private const string Outputs = """{"job_id": "j", "outputs": [{"role": "Writer", "content": "cost: 5"}],""";

    private static readonly (string Name, string Value) Repeated = ("X-Stainless-Retry-Count", "1");

    public static TheoryData<string> Fixtures => Fixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Frames_Have_No_Costs_And_Are_Else_The_Upstreams_Own(string name)
    {
        var fixture = Fixture.Load(name);
        await using var scripted = await ScriptedHub.StartAsync();
        var caller = await LeaveOutAsync(scripted);
        scripted.Upstream.Answer().Body(fixture.Stream);
        using var door = await scripted.OpenAsync();
        var isSwarm = name.StartsWith("swarm", StringComparison.Ordinal);

        var answer = await door.AskAsync(
            isSwarm ? DoorCalls.Swarm : DoorCalls.Agent, caller.Token!,
            isSwarm ? """{"task":"Decide","stream":true}""" : DoorCalls.Streamed);
        var frames = (await answer.ChunksAsync()).ConvertAll(DoorFrame.Whole);

        var sent = DoorFrame.Parse(Encoding.UTF8.GetString(fixture.Stream))
            .ConvertAll(frame => frame with { Data = frame.Data.Replace('\n', ' ') });
        var figures = sent.Index().Where(frame => frame.Item.Data.Contains("cost", StringComparison.Ordinal)).Select(frame => frame.Index)
            .ToList();
        Assert.Equal(
            sent.Where((_, i) => !figures.Contains(i)), frames.Take(sent.Count).Where((_, i) => !figures.Contains(i)));
        Assert.All(figures, i => Assert.DoesNotMatch("cost\": *[0-9]|billing_info", frames[i].Data));
        Assert.All(figures, i => Assert.Equal(
            sent[i].Json.TryGetProperty("total_tokens", out var tokens) ? tokens.GetRawText() : "",
            frames[i].Json.TryGetProperty("total_tokens", out var kept) ? kept.GetRawText() : ""));
    }

    [Fact]
    public async Task Frames_Change_At_The_Moment_In_Which_The_Setting_Does()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var caller = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Usage).WaitFor(changed.Task).Body(Usage + Sse.Done);
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, caller.Token!, DoorCalls.Streamed);

        var before = await answer.NextChunkAsync().InTime();
        await SetAsync(scripted, MoneyAudiences.Hosts);
        changed.SetResult();

        Assert.Equal(Usage, before);
        Assert.Equal([Usage.Replace("0.0", "null", StringComparison.Ordinal).Replace("0.5", "null", StringComparison.Ordinal), Sse.Done],
            await answer.ChunksAsync());
    }

    [Fact]
    public async Task Json_Answers_And_Refusals_Have_No_Costs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var caller = await LeaveOutAsync(scripted);
        scripted.Upstream.Answer(200, "application/json").Body(
            Outputs + """ "usage": {"total_tokens": 7, "billing_info": {"total_cost": 0.5}, "token_cost": 1}}""");
        scripted.Upstream.Answer(402, "application/json").Body("""{"detail": "It costs 5.", "required_cost": 5}""");
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, caller.Token!, DoorCalls.NotStreamed);
        Assert.Equal(
            Outputs + """ "usage": {"total_tokens": 7, "token_cost": null}}""", await answer.BodyAsync());
        var refusal = await door.AskAsync(DoorCalls.Agent, caller.Token!, DoorCalls.NotStreamed);
        Assert.Equal("""{"detail": "It costs 5.", "required_cost": null}""", await refusal.BodyAsync());
    }

    [Fact]
    public async Task Repeated_Calls_That_Stream_Have_No_Costs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Usage)
            .WaitFor(goOn.Task)
            .Body(Usage.Replace("7", "8", StringComparison.Ordinal) + Sse.Done);
        await using var host = await TestViewer.JoinAsync(scripted.Hub.Address, scripted.Host.Admission);

        var caller = await LeaveOutAsync(scripted);
        using var first = await scripted.OpenAsync();
        await first.SendAsync(DoorCalls.Agent, caller.Token!, DoorCalls.Streamed);
        await host.WaitForEventAsync(e => e.Type == EventTypes.Usage);
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, caller.Token!, DoorCalls.Streamed, Repeated);
        string? before = "";
        while (before is not null && !before.Contains("total_tokens", StringComparison.Ordinal))
            before = await answer.NextChunkAsync().InTime();

        goOn.SetResult();
        var after = string.Concat(await answer.ChunksAsync());

        Assert.Contains("\"total_tokens\":7,\"total_cost\":null", before, StringComparison.Ordinal);
        Assert.Contains("\"total_tokens\":8,\"total_cost\":null", after, StringComparison.Ordinal);
        Assert.Single(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Repeated_Calls_For_Json_Have_No_Costs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = scripted.Upstream.Answer(200, "application/json")
            .WaitFor(goOn.Task)
            .Body(Outputs + """ "usage": {"total_tokens": 8, "total_cost": 0.5}}""");
        var caller = await LeaveOutAsync(scripted);
        using var first = await scripted.OpenAsync();
        await first.SendAsync(DoorCalls.Agent, caller.Token!, DoorCalls.NotStreamed);
        await upstream.Requested;
        using var door = await scripted.OpenAsync();
        var asking = door.AskAsync(DoorCalls.Agent, caller.Token!, DoorCalls.NotStreamed, Repeated);
        goOn.SetResult();

        Assert.Contains("\"total_tokens\":8,\"total_cost\":null", await (await asking).BodyAsync(), StringComparison.Ordinal);
        Assert.Single(scripted.Upstream.Requests);
    }

    private static async Task<MemberCaller> LeaveOutAsync(ScriptedHub scripted)
    {
        var caller = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await SetAsync(scripted, MoneyAudiences.Hosts);
        return caller;
    }

    private static async Task SetAsync(ScriptedHub scripted, string showMoney) =>
        Assert.Equal(200, (await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { showMoney } })).Status);
}
