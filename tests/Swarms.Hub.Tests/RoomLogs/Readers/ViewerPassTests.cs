using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Testing;

namespace Swarms.Hub.RoomLogs;

public sealed class ViewerPassTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CommitTick _tick;

    public ViewerPassTests() => _tick = new CommitTick(Options.Create(new RoomOptions()), _time);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Every_Viewer_That_Waits_Goes_On_Once(int count)
    {
        var resumed = new int[count];
        var (signals, viewers) = Wait(count, viewer => Interlocked.Increment(ref resumed[viewer]));

        ViewerPass.Start([.. signals.Where(signal => signal.TrySet())], _tick);
        await Task.WhenAll(viewers).InTime();

        Assert.All(resumed, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Next_Tick_Is_Longer_After_A_Pass_That_Took_Long()
    {
        _tick.Published();
        var (signals, viewers) = Wait(1, _ => _time.Advance(TimeSpan.FromMilliseconds(50)));

        ViewerPass.Start([.. signals.Where(signal => signal.TrySet())], _tick);
        await Task.WhenAll(viewers).InTime();

        // The pass reports its end right after the last viewer.
        await Task.Run(async () =>
        {
            while (_tick.Length != TimeSpan.FromMilliseconds(60))
                await Task.Yield();
        }, TestContext.Current.CancellationToken).InTime();
    }

    [Fact]
    public async Task Pass_That_Is_Over_Does_Not_Lengthen_Later_Ticks()
    {
        var (signals, viewers) = Wait(20, _ => { });
        ViewerPass.Start([.. signals.Where(signal => signal.TrySet())], _tick);
        await Task.WhenAll(viewers).InTime();

        await Task.Run(async () =>
        {
            do
            {
                await Task.Yield();
                _tick.Published();
                _time.Advance(TimeSpan.FromMilliseconds(30));
            }
            while (_tick.Length != TimeSpan.FromMilliseconds(16))
                ;
        }, TestContext.Current.CancellationToken).InTime();
    }

    private static (List<RoomSignal> Signals, List<Task> Viewers) Wait(int count, Action<int> onResumed)
    {
        var signals = Enumerable.Range(0, count).Select(_ => new RoomSignal()).ToList();
        return (signals, [.. signals.Select(async (signal, index) =>
        {
            await signal.WaitAsync().ConfigureAwait(false);
            onResumed(index);
        })]);
    }
}
