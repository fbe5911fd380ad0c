using System.Globalization;
using CsCheck;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Client.Tests.Model;

namespace Swarms.Hub.Client.Tests;

/// <summary>
/// Any trouble of a connection, and any lie of a hub, against a model: the log. <c>SWARMS_HUB_PROPERTY_SECONDS</c> sets how
/// long it looks for a counterexample (1 for each program in the suite, 4 in <c>.ci/run</c>).
/// </summary>
public sealed class RoomFeedModelTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Seconds = int.Parse(
        Environment.GetEnvironmentVariable("SWARMS_HUB_PROPERTY_SECONDS") ?? "1", CultureInfo.InvariantCulture);

    private FakeHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await FakeHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Program_Is_Handed_The_Log_Once_In_Order_And_Without_Gap_Whatever_Happens(bool isSlow) =>
        FeedAct.Any.Array[1, 25].SampleAsync(
            acts => LiveAsync(acts, isSlow),
            output.WriteLine,
            time: Seconds,
            threads: 1,
            print: acts => string.Join(", ", (IEnumerable<FeedAct>)acts));

    private async Task LiveAsync(IEnumerable<FeedAct> acts, bool isSlow)
    {
        using var stop = new CancellationTokenSource();
        using var client = new HubClient(
            _hub.Address, new HubClientOptions { MaxReconnectDelay = TimeSpan.FromMilliseconds(5), MaxBufferedEvents = 6 });
        var log = new LyingHub(_hub);
        var serving = log.ServeAsync(stop.Token);
        await using (var program = new CheckedProgram(client.OpenRoom("room1", "token1"), log, isSlow))
        {
            foreach (var act in acts)
                await DoAsync(act, log, program);

            // In the end everything works, and the program has all of it.
            _hub.RefuseConnectionsWith = null;
            program.Take(1_000_000);
            log.Append(1);
            await program.ReachAsync(log.History, log.Last);
        }

        await stop.CancelAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DoAsync(FeedAct act, LyingHub log, CheckedProgram program)
    {
        switch (act.What)
        {
            case FeedAct.Kind.Append:
                log.Append(act.Size + 1);
                break;
            case FeedAct.Kind.Settle when _hub.RefuseConnectionsWith is null && !program.IsSlow:
                // One event more, because after a lie the hub's word is what the program waits for.
                log.Append(1);
                await program.ReachAsync(log.History, log.Last);
                break;
            case FeedAct.Kind.Refuse:
                _hub.RefuseConnectionsWith = 503;
                break;
            case FeedAct.Kind.Accept:
                _hub.RefuseConnectionsWith = null;
                break;
            case FeedAct.Kind.Drain:
                await _hub.DrainAsync(0);
                break;
            case FeedAct.Kind.Take:
                program.Take(act.Size);
                break;
            case FeedAct.Kind.Cut:
                log.Do(act);
                log.Append(act.Size);
                break;
            default:
                log.Do(act);
                break;
        }
    }
}
