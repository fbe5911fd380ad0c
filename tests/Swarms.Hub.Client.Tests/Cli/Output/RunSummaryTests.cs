using Swarms.Hub.Cli;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class RunSummaryTests
{
    private static readonly Run Run = Frames.DoneRun("") with { State = EventTypes.Cancelled, Reason = RunReasons.Requested };

    [Fact]
    public void Cancelled_Run_Names_The_Member_Who_Cancelled_It_Where_The_Members_Are_Known()
    {
        var run = Run with { CancelledBy = "m1" };

        Assert.Equal("cancelled by Ada", RunSummary.State(run, id => id == "m1" ? "Ada" : null));
        Assert.Equal("cancelled (requested)", RunSummary.State(run, _ => null));
        Assert.Equal("cancelled (requested)", RunSummary.State(run));
        Assert.Equal("cancelled (room_deleted)", RunSummary.State(Run with { Reason = RunReasons.RoomDeleted }, _ => "Ada"));
    }

    [Fact]
    public void Run_That_The_Budget_Stopped_Says_So()
    {
        Assert.Equal(
            "cancelled, because a limit of the budget is used up",
            RunSummary.State(Run with { Reason = RunReasons.OverBudget }, _ => "Ada"));
    }

    [Fact]
    public void Queued_Run_Says_Its_Place_Or_Until_When_It_Waits()
    {
        var run = Frames.DoneRun("") with { State = RunStates.Queued, Position = 2 };

        Assert.Equal("waiting, number 2 in the queue", RunSummary.State(run));
        Assert.Equal(
            "waits for the rate limit until 12:00:30",
            RunSummary.State(run with { Position = null, WaitingUntil = new DateTimeOffset(2026, 1, 1, 12, 0, 30, TimeSpan.Zero) }));
    }

    [Fact]
    public void Interrupted_Run_Says_Until_When_It_Wrote()
    {
        var run = Run with { State = EventTypes.Interrupted, Reason = RunReasons.HubCrashed };

        Assert.Equal("interrupted (hub_crashed)", RunSummary.State(run));
        Assert.Equal(
            "interrupted (hub_crashed), last text at 12:00:07",
            RunSummary.State(run with { LastChunkAt = new DateTimeOffset(2026, 1, 1, 12, 0, 7, TimeSpan.Zero) }));
    }
}
