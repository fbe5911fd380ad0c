using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

public sealed class IdempotencyTests
{
    private static readonly object Other = new { task = "Tell another story" };

    [Fact]
    public async Task Starting_Twice_With_One_Idempotency_Key_Starts_One_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        var first = await scripted.Host.StartAsync(key: "k1");
        await scripted.Host.EndedAsync(first.Id);

        var second = await scripted.Host.StartAsync(key: "k1");

        Assert.Equal((first.Id, EventTypes.Done, "Once"), (second.Id, second.State, second.Text));
        Assert.Single((await scripted.Host.EventsAsync()), e => e.Type == EventTypes.RunQueued);
    }

    [Fact]
    public async Task Starting_Twice_With_One_Key_And_Another_Body_Is_A_Conflict()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        var first = await scripted.Host.StartAsync(key: "k1");

        (await scripted.Host.TryStartAsync(Other, "k1")).IsProblem(409, ErrorCodes.Conflict);
        var asSwarm = new { request = RunCalls.Story, kind = "swarm", idempotencyKey = "k1" };
        (await scripted.Host.PostAsync($"{scripted.Host.Path}/runs", asSwarm)).IsProblem(409, ErrorCodes.Conflict);

        Assert.Equal(first.Id, (await scripted.Host.StartAsync(key: "k1")).Id);
    }

    [Fact]
    public async Task Hub_Method_Refuses_Another_Body_Too_And_Its_Connection_Survives()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        var first = await scripted.Host.StartAsync(key: "k1");
        await using var caller = await HubCaller.ConnectAsync(scripted.Host);

        await caller.IsRefusedAsync(
            ErrorCodes.Conflict, "StartRun", scripted.Host.Room, new { request = Other, kind = "agent", idempotencyKey = "k1" });

        var again = await caller.InvokeAsync(
            "StartRun", scripted.Host.Room, new { request = RunCalls.Story, kind = "agent", idempotencyKey = "k1" });
        Assert.Equal(first.Id, again.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public async Task Starting_Many_Times_At_Once_With_One_Key_Starts_One_Run(int places)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", $"{places}"), ("Runs:MaxQueuedPerRoom", "0"));
        scripted.AnswerAndHang(1);

        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => scripted.Host.StartAsync(key: "k1")));

        Assert.Single(runs.Select(run => run.Id).Distinct());
        Assert.Single(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.RunQueued);
    }

    [Fact]
    public async Task Starting_Two_Bodies_At_Once_With_One_Key_Starts_One_Of_Them()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);

        var answers = await Task.WhenAll(scripted.Host.TryStartAsync(key: "k1"), scripted.Host.TryStartAsync(Other, "k1"));

        Assert.Single(answers, answer => answer.Status == 202);
        Assert.Single(answers, answer => answer.Status == 409).IsProblem(409, ErrorCodes.Conflict);
        Assert.Single(await scripted.Host.EventsAsync(), e => e.Type == EventTypes.RunQueued);
    }

    [Fact]
    public async Task Header_Serves_Where_The_Body_Has_No_Key()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);

        var byHeader = RunCalls.Started(await scripted.Host.TryStartAsync(null, null, ("Idempotency-Key", "k1")));
        var byBody = await scripted.Host.StartAsync(key: "k1");
        var bodyWins = RunCalls.Started(await scripted.Host.TryStartAsync(null, "k2", ("Idempotency-Key", "k1")));

        Assert.Equal(byHeader.Id, byBody.Id);
        Assert.NotEqual(byHeader.Id, bodyWins.Id);
    }

    [Fact]
    public async Task Keys_Of_Two_Members_Never_Meet()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);
        var bob = await scripted.Host.InviteAsync(MemberRoles.Participant);

        var runs = await Task.WhenAll(scripted.Host.StartAsync(key: "k1"), bob.StartAsync(Other, "k1"));

        Assert.NotEqual(runs[0].Id, runs[1].Id);
        Assert.Equal(bob.Member, runs[1].By);
    }

    [Fact]
    public async Task Key_Of_A_Refused_Start_Is_Free_Again()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"));
        scripted.AnswerAndHang(2);
        var first = await scripted.Host.StartAsync();
        (await scripted.Host.TryStartAsync(key: "k1")).IsProblem(429, ErrorCodes.QueueFull);

        await scripted.Host.CancelAsync(first.Id);

        Assert.Equal(0, (await scripted.Host.StartAsync(key: "k1")).Position);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task Key_Of_Another_Length_Is_Refused(int length)
    {
        await using var scripted = await ScriptedHub.StartAsync();

        (await scripted.Host.TryStartAsync(key: new string('k', length))).IsProblem(400, ErrorCodes.Invalid);
    }
}
