using System.Text;
using Microsoft.Extensions.Options;
using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

public sealed class RunRegistryTests
{
    private static readonly IOptions<RunOptions> Defaults = Options.Create(new RunOptions());

    [Fact]
    public async Task Runs_With_The_Smallest_Requests_Are_Bounded_By_What_Their_Room_Holds()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        var options = Options.Create(new RunOptions { MaxQueuedPerRoom = 1_000 });
        var registry = new RunRegistry([new RunQueue(options), new HeldRequests(new ByteBudget(1_048_576))], options);
        var admitted = new List<ActiveRun>();

        var refusal = Assert.Throws<HubErrorException>(() =>
        {
            while (admitted.Count < 1_000)
            {
                var run = new ActiveRun(
                    $"{admitted.Count}",
                    "ann",
                    RunRequest.Parse("agent", """{"task":"x"}"""u8.ToArray(), isStreamed: true),
                    room,
                    null);
                registry.Admit(run);
                admitted.Add(run);
            }
        });

        Assert.Equal(ErrorCodes.QueueFull, refusal.Code);
        Assert.InRange(admitted.Count, 60, 64);
        admitted.ForEach(registry.Sent);
        admitted.ForEach(registry.Remove);
        Assert.Equal(0, registry.Count);
        var next = new ActiveRun(
            "next",
            "ann",
            RunRequest.Parse("agent", Encoding.UTF8.GetBytes($"{{\"task\":\"{new string('x', 1_000_000)}\"}}"), isStreamed: true),
            room,
            null);
        registry.Admit(next);
    }

    [Fact]
    public async Task Run_That_A_Gate_Refuses_Is_Given_Back_By_Those_That_Let_It_In_And_By_No_Other()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        var asked = new List<string>();
        var registry = new RunRegistry(
            [new Gate("first", asked), new Gate("second", asked), new Gate("third", asked) { Refuses = true }, new Gate("fourth", asked)],
            Defaults);
        var run = new ActiveRun(
            "run", "ann", RunRequest.Parse("agent", """{"task":"x"}"""u8.ToArray(), isStreamed: true), room, null);

        Assert.Equal(ErrorCodes.Forbidden, Assert.Throws<HubErrorException>(() => registry.Admit(run)).Code);

        Assert.Equal(["first enters", "second enters", "third enters", "second leaves", "first leaves"], asked);
        Assert.Null(registry.Find("run"));
    }

    [Fact]
    public async Task Gates_Follow_An_Admitted_Run_To_Its_End_In_Their_Order()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        var asked = new List<string>();
        var registry = new RunRegistry([new Gate("first", asked), new Gate("second", asked)], Defaults);
        var run = new ActiveRun(
            "run", "ann", RunRequest.Parse("agent", """{"task":"x"}"""u8.ToArray(), isStreamed: true), room, null);

        registry.Admit(run);
        registry.Sent(run);
        registry.Finished(run);
        registry.Remove(run);
        registry.Remove(run);

        Assert.Equal(
            [
                "first enters", "second enters", "first sent", "second sent",
                "first finished", "second finished", "first leaves", "second leaves",
            ],
            asked);
    }

    [Fact]
    public async Task Run_That_Passes_The_Gates_While_The_Hub_Begins_To_Drain_Is_Refused_And_Given_Back()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        var asked = new List<string>();
        RunRegistry? registry = null;
        var gate = new Gate("gate", asked) { Entering = () => registry!.Drain() };
        registry = new RunRegistry([gate], Defaults);
        var run = new ActiveRun(
            "run", "ann", RunRequest.Parse("agent", """{"task":"x"}"""u8.ToArray(), isStreamed: true), room, null);

        Assert.Equal(ErrorCodes.Draining, Assert.Throws<HubErrorException>(() => registry.Admit(run)).Code);

        Assert.Equal(["gate enters", "gate leaves"], asked);
        Assert.Equal(0, registry.Count);
    }

    [Fact]
    public async Task Proposal_Whose_Approval_Was_Not_Stored_Waits_For_Its_Turn_Like_Any_Other_When_It_Is_Approved_Again()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        var options = Options.Create(new RunOptions { MaxParallelPerRoom = 1 });
        var registry = new RunRegistry([new RunQueue(options), new HeldRequests(new ByteBudget(1_048_576))], options);
        var proposed = Create("proposed", new Proposal());
        registry.Propose(proposed);
        registry.Admit(proposed);
        Assert.True(proposed.Moves.Completion.IsCompleted);

        registry.Unadmit(proposed);
        registry.Admit(Create("other", null));
        registry.Admit(proposed);

        Assert.Equal((1, false), (proposed.Position, proposed.Moves.Completion.IsCompleted));
        Assert.Same(proposed, registry.Find("proposed"));

        ActiveRun Create(string id, Proposal? proposal) => new(
            id, "ann", RunRequest.Parse("agent", """{"task":"x"}"""u8.ToArray(), isStreamed: true), room, null, proposal);
    }

    private sealed class Gate(string name, List<string> asked) : IRunGate
    {
        public bool Refuses { get; init; }

        public Action? Entering { get; init; }

        public void Enter(ActiveRun run)
        {
            asked.Add($"{name} enters");
            Entering?.Invoke();
            if (Refuses)
                throw new HubErrorException(ErrorCodes.Forbidden, "Not now.");
        }

        public void Sent(ActiveRun run) => asked.Add($"{name} sent");

        public void Finished(ActiveRun run) => asked.Add($"{name} finished");

        public void Leave(ActiveRun run) => asked.Add($"{name} leaves");
    }
}
