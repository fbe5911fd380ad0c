using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.Client.Tests;

public sealed class ReconnectPlanTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
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
            caps.Add(_plan.Next(isDraining: false).TotalSeconds);
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

        Assert.Equal(TimeSpan.Zero, _plan.Next(isDraining: false));
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

        Assert.Equal(stay, _plan.Next(isDraining: false));
        Assert.Equal(TimeSpan.Zero, _plan.Next(isDraining: true));
        Assert.Equal(TimeSpan.Zero, _plan.Next(isDraining: false));
    }

    private TimeSpan Fail(int times)
    {
        var wait = TimeSpan.Zero;
        for (; times > 0; times--)
        {
            _plan.Ended();
            wait = _plan.Next(isDraining: false);
        }

        return wait;
    }
}
