using System.Text;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

public sealed class RunRateWaitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RateLimit _limit;

    public RunRateWaitTests() => _limit = new RateLimit(new UpstreamOptions(), _time);

    [Fact]
    public void Pauses_Without_A_Stated_Time_Grow_To_A_Minute()
    {
        var wait = Wait();
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            Assert.True(wait.TryWait(Refused(429)));
            pauses.Add((wait.Enter()!.Value.Until - _time.GetUtcNow()).TotalSeconds);
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(wait.Enter());
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], pauses);
        Assert.Equal(6, wait.Attempts);
    }

    [Fact]
    public void Stated_Time_Of_Zero_Is_A_Second()
    {
        var wait = Wait();

        Assert.True(wait.TryWait(Refused(429, "0")));

        Assert.Equal(TimeSpan.FromSeconds(1), wait.Enter()!.Value.Until - _time.GetUtcNow());
    }

    [Fact]
    public void All_Pauses_Together_Stay_Within_The_Longest_Wait()
    {
        var wait = Wait();
        Assert.True(wait.TryWait(Refused(429, "400")));
        _time.Advance(TimeSpan.FromSeconds(400));

        Assert.False(wait.TryWait(Refused(429, "201")));
        Assert.True(wait.TryWait(Refused(429, "200")));
    }

    [Fact]
    public void After_The_Time_One_Calls_And_The_Others_Wait_For_Its_Answer()
    {
        var (first, second) = (Wait(), Wait());
        Assert.True(first.TryWait(Refused(429, "10")));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(second.Enter());
        var hold = first.Enter()!.Value;
        Assert.True(hold.IsTrial);
        second.Accept();

        Assert.True(hold.Changed.IsCompleted);
        Assert.Null(first.Enter());
        Assert.Null(Wait().Enter());
    }

    [Fact]
    public void Caller_That_Gives_Up_Leaves_The_Trial_To_Another()
    {
        var (first, second) = (Wait(), Wait());
        Assert.True(first.TryWait(Refused(429, "10")));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(first.Enter());
        Assert.NotNull(second.Enter());

        first.Leave();

        Assert.Null(second.Enter());
    }

    [Fact]
    public void Silent_Trial_Holds_The_Others_For_A_Moment_Only()
    {
        var (first, second) = (Wait(), Wait());
        Assert.True(first.TryWait(Refused(429, "10")));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(first.Enter());
        Assert.NotNull(second.Enter());

        _time.Advance(RateLimit.TrialTime);

        Assert.Null(second.Enter());
    }

    [Fact]
    public void Answer_To_An_Earlier_Call_Does_Not_End_The_Limit()
    {
        var (slow, refused) = (Wait(), Wait());
        Assert.Null(slow.Enter());
        Assert.True(refused.TryWait(Refused(429, "10")));

        slow.Accept();

        Assert.NotNull(Wait().Enter());
    }

    [Theory]
    [InlineData(429, "1", "", RunWaitReasons.RateLimit)]
    [InlineData(429, null, "", RunWaitReasons.RateLimit)]
    [InlineData(503, "1", "", RunWaitReasons.Unavailable)]
    [InlineData(503, "Thu, 01 Jan 2026 12:00:01 GMT", "", RunWaitReasons.Unavailable)]
    [InlineData(503, null, "", null)]
    [InlineData(503, "soon", "", null)]
    [InlineData(500, "1", "", null)]
    [InlineData(400, "1", "", null)]
    [InlineData(429, "1", """{"error": {"code": "insufficient_quota"}}""", null)]
    public void Only_Refusals_Before_Any_Work_Are_Waited_Out(int status, string? retryAfter, string body, string? reason)
    {
        var refusal = RateRefusal.Find(Refused(status, retryAfter, body), _time.GetUtcNow());

        Assert.Equal(reason, refusal?.Reason);
    }

    [Fact]
    public void Run_Without_A_Limit_Never_Waits()
    {
        var wait = new RunRateWait(null, _time);

        Assert.False(wait.TryWait(Refused(429, "1")));
        Assert.Null(wait.Enter());
    }

    private RunRateWait Wait() => new(_limit, _time);

    private static UpstreamException Refused(int status, string? retryAfter = null, string body = "") =>
        new(ErrorCodes.UpstreamRejected, "The upstream refused.")
        {
            Refusal = new UpstreamRefusal(
                status, null, Encoding.UTF8.GetBytes(body), retryAfter is null ? [] : [KeyValuePair.Create("Retry-After", retryAfter)]),
        };
}
