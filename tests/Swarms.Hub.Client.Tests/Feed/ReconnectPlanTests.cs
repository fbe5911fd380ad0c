using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests;

public sealed class ReconnectPlanTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ClockThatIsSet _time = new();
    private readonly ReconnectPlan _plan;

    public ReconnectPlanTests() => _plan = new ReconnectPlan(_time, Longest);

    [Fact]
    public void Attempts_That_Take_Long_Before_They_Fail_Make_The_Waits_Grow_All_The_Same()
    {
        var caps = new List<double>();
        for (var attempt = 0; attempt < 200; attempt++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            _plan.Ended();
            caps.Add(_plan.Next(isDraining: false, null).TotalSeconds);
        }

        Assert.Equal(0, caps[0]);
        Assert.InRange(caps[1], 0, 1);
        Assert.InRange(caps.Max(), 30, 60);
        Assert.True(_plan.IsOffline);
    }

    [Fact]
    public void Connection_That_Was_Good_For_Long_Is_Followed_By_One_At_Once()
    {
        Fail(times: 10);
        Assert.True(_plan.IsOffline);

        _plan.Heard();
        Assert.False(_plan.IsOffline);
        _time.Advance(TimeSpan.FromSeconds(5));
        _plan.Heard();
        _plan.Ended();

        Assert.Equal(TimeSpan.Zero, _plan.Next(isDraining: false, null));
        Assert.False(_plan.IsOffline);
    }

    [Fact]
    public void Plan_Is_Offline_After_Four_Connections_In_A_Row_That_Brought_Nothing_And_Not_After_Three()
    {
        Fail(times: 3);
        Assert.False(_plan.IsOffline);

        Fail(times: 1);
        Assert.True(_plan.IsOffline);
    }

    [Fact]
    public void Connections_That_Bring_Something_And_Break_At_Once_Are_Waited_For_But_Not_Offline()
    {
        var waits = new List<TimeSpan>();
        for (var times = 0; times < 50; times++)
        {
            _plan.Heard();
            _time.Advance(TimeSpan.FromSeconds(4));
            waits.Add(Fail(times: 1));
            Assert.False(_plan.IsOffline);
        }

        Assert.Contains(waits, wait => wait > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Draining_Hub_Is_Left_Alone_For_The_Planned_Time_Which_Is_No_Failure()
    {
        var stay = _plan.Drain(20);
        Assert.InRange(stay, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        _plan.Ended();

        Assert.Equal(stay, _plan.Next(isDraining: false, null));
        Assert.Equal(TimeSpan.Zero, _plan.Next(isDraining: true, null));
        Assert.Equal(TimeSpan.Zero, _plan.Next(isDraining: false, null));
    }

    [Fact]
    public void Pause_That_The_Hub_Asks_For_Is_Kept_With_A_Random_Part_On_Top_And_The_Longest_Wait_As_Its_Bound()
    {
        _plan.Ended();

        Assert.InRange(Next(ErrorCodes.Starting, seconds: 2).TotalSeconds, 2, 3);
        Assert.InRange(Next(ErrorCodes.Starting, seconds: 2).TotalSeconds, 2, 3);
        Assert.InRange(Next(ErrorCodes.Starting, seconds: 2).TotalSeconds, 2, 4);
        Assert.Equal(Longest, Next(ErrorCodes.Starting, seconds: 3_600));
    }

    [Fact]
    public void Ending_That_Says_Now_Is_Followed_At_Once_And_No_Failure_Where_The_Connection_Brought_Something()
    {
        Fail(times: 2);
        for (var times = 0; times < 10; times++)
        {
            _plan.Heard();
            _plan.Ended();
            Assert.Equal(TimeSpan.Zero, Next(ErrorCodes.Stalled));
        }

        Assert.False(_plan.IsOffline);
    }

    [Fact]
    public void Ending_That_Says_Now_Is_Waited_For_Where_The_Connection_Brought_Nothing()
    {
        var waits = new List<TimeSpan>();
        for (var times = 0; times < 50; times++)
        {
            _plan.Ended();
            waits.Add(Next(ErrorCodes.Stalled));
        }

        Assert.Contains(waits, wait => wait > TimeSpan.FromSeconds(5));
        Assert.True(_plan.IsOffline);
    }

    [Fact]
    public void Clock_That_Is_Set_While_The_Hub_Drains_Changes_Nothing()
    {
        var stay = _plan.Drain(20);
        _plan.Ended();

        _time.SetBy = TimeSpan.FromHours(-1);

        Assert.Equal(stay, _plan.Next(isDraining: false, null));
    }

    [Fact]
    public void Hub_That_Drains_For_Ever_Is_Left_In_A_Time_That_Timers_Take()
    {
        Assert.InRange(_plan.Drain(int.MaxValue), TimeSpan.Zero, TimeSpan.FromDays(7));
        Assert.Equal(TimeSpan.Zero, _plan.Drain(-1));
    }

    private TimeSpan Next(string code, int? seconds = null) => _plan.Next(
        isDraining: false, new HubClientException(code, "No.", seconds is { } asked ? TimeSpan.FromSeconds(asked) : null));

    private TimeSpan Fail(int times)
    {
        var wait = TimeSpan.Zero;
        for (; times > 0; times--)
        {
            _plan.Ended();
            wait = _plan.Next(isDraining: false, null);
        }

        return wait;
    }

    /// <summary>Sets the wall clock only, as people and time servers do.</summary>
    private sealed class ClockThatIsSet : FakeTimeProvider
    {
        public TimeSpan SetBy { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + SetBy;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
