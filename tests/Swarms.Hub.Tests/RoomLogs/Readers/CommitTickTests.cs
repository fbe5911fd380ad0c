using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.RoomLogs;

public sealed class CommitTickTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void First_Commit_After_A_Pause_Does_Not_Wait()
    {
        var tick = Create();
        Assert.True(tick.WaitAsync(CancellationToken.None).IsCompleted);

        tick.Published();
        _time.Advance(TimeSpan.FromMilliseconds(17));
        Assert.True(tick.WaitAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Next_Commit_Waits_For_The_Rest_Of_The_Tick()
    {
        var tick = Create();
        tick.Published();
        _time.Advance(TimeSpan.FromMilliseconds(10));

        var waiting = tick.WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(6));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(10, 16)]
    [InlineData(50, 60)]
    [InlineData(500, 100)]
    public void Tick_Is_Longer_Than_The_Last_Pass_Over_The_Viewers_Within_Bounds(int passMilliseconds, int tickMilliseconds)
    {
        var tick = Create();
        tick.Published();
        tick.PassStarted();
        _time.Advance(TimeSpan.FromMilliseconds(passMilliseconds));
        tick.Passed();

        Assert.Equal(TimeSpan.FromMilliseconds(tickMilliseconds), tick.Length);
    }

    [Fact]
    public async Task Next_Commit_Waits_While_A_Pass_Over_The_Viewers_Goes_On()
    {
        var tick = Create();
        tick.Published();
        tick.PassStarted();
        var waiting = tick.WaitAsync(CancellationToken.None);
        for (var milliseconds = 0; milliseconds < 40; milliseconds++)
            _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(waiting.IsCompleted);
        tick.Passed();
        // The tick lasts 1.2 times 40 ms from the start, and the timer may be set a little longer.
        _time.Advance(TimeSpan.FromMilliseconds(16));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pass_That_Does_Not_End_Holds_The_Next_Commit_Up_For_A_Tenth_Of_A_Second()
    {
        var tick = Create();
        tick.Published();
        tick.PassStarted();
        var waiting = tick.WaitAsync(CancellationToken.None);
        for (var milliseconds = 0; milliseconds < 99; milliseconds++)
            _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(waiting.IsCompleted);
        for (var milliseconds = 0; milliseconds < 20; milliseconds++)
            _time.Advance(TimeSpan.FromMilliseconds(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private CommitTick Create() => new(Options.Create(new RoomOptions()), _time);
}
