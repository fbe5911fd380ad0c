using System.Globalization;
using CsCheck;
using Swarms.Hub.Support;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Any interleaving of acts on a log, compared with a model of it: a list. <c>SWARMS_HUB_PROPERTY_SECONDS</c> sets the time of the search
/// for a counterexample (5 in the suite).
/// </summary>
public sealed class RoomLogModelTests(ITestOutputHelper output)
{
    private static readonly int Seconds = int.Parse(
        Environment.GetEnvironmentVariable("SWARMS_HUB_PROPERTY_SECONDS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_Viewer_Sees_The_Log_Once_In_Order_And_Without_Gap_Whatever_Happens_To_It()
    {
        await using var world = await LogWorld.StartAsync();
        await LogAct.Any.Array[1, 60].SampleAsync(
            async acts =>
            {
                await world.BeginAsync();
                foreach (var act in acts)
                    await world.DoAsync(act);

                await world.EndAsync();
            },
            output.WriteLine,
            time: Seconds,
            threads: 1,
            print: acts => string.Join(", ", (IEnumerable<LogAct>)acts));
    }
}
