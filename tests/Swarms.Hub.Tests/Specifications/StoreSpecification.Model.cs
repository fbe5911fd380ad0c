using CsCheck;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>
/// Model: any interleaving of acts on a hub's log on this store, compared with a list.
/// <c>SWARMS_HUB_PROPERTY_SECONDS</c> sets the time of the search for a counterexample (1 in the suite, 4 in <c>.ci/run</c>).
/// </content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Every_Viewer_Sees_The_Log_Once_In_Order_And_Without_Gap_Whatever_Happens_To_It()
    {
        await using var world = await LogWorld.StartAsync(await CreateFixtureAsync());
        await LogAct.Any.Array[1, 60].SampleAsync(
            async acts =>
            {
                await world.BeginAsync();
                foreach (var act in acts)
                    await world.DoAsync(act);

                await world.EndAsync();
            },
            output.WriteLine,
            time: PropertySeconds,
            threads: 1,
            print: acts => string.Join(", ", (IEnumerable<LogAct>)acts));
    }
}
