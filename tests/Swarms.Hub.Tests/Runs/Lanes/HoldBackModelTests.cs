using System.Globalization;
using CsCheck;

namespace Swarms.Hub.Runs;

/// <summary>
/// Any interleaving of texts, time, masks, releases, late joins, resumes and endings, compared with a reference.
/// <c>SWARMS_HUB_PROPERTY_SECONDS</c> sets the time of the search for a counterexample.
/// </summary>
public sealed class HoldBackModelTests(ITestOutputHelper output)
{
    private static readonly int PropertySeconds =
        int.Parse(Environment.GetEnvironmentVariable("SWARMS_HUB_PROPERTY_SECONDS") ?? "1", CultureInfo.InvariantCulture);

    private static readonly object HoldBack = new { seconds = HeldStory.Seconds };

    [Fact]
    public async Task No_Member_Gets_A_Masked_Character_A_Gap_Or_Another_Text_Than_Its_Digest()
    {
        var time = HeldRoom.NewClock();
        await using var scripted = await ScriptedHub.StartAsync(time);
        await Gen.Select(HeldAct.Any.Array[1, 30], Gen.Int[0, 2]).SampleAsync(
            async (acts, way) =>
            {
                // The scripted hub is the samples' own; only the room ends with each.
                var room = await HeldRoom.OpenAsync(scripted, time, await scripted.Hub.CreateRoomAsync(), HoldBack);
                await using var story = await HeldStory.BeginAsync(room, acts);
                foreach (var act in acts)
                    await story.DoAsync(act);

                await story.EndAsync(way);
                await room.EndWatchAsync();
            },
            output.WriteLine,
            time: PropertySeconds,
            threads: 1,
            print: sample => $"{string.Join(", ", (IEnumerable<HeldAct>)sample.Item1)} way {sample.Item2}");
    }

    [Fact]
    public async Task Stop_At_Any_Moment_Leaves_What_Was_Released_And_Nothing_Of_The_Rest()
    {
        // Each story takes two hubs, so a failing one is not shrunk.
        for (var story = 0; story < PropertySeconds; story++)
            await TellAsync(HeldAct.Any.Array[5, 20].Single());
    }

    private async Task TellAsync(HeldAct[] acts)
    {
        output.WriteLine(string.Join(", ", (IEnumerable<HeldAct>)acts));
        await using var room = await HeldRoom.StartAsync(HoldBack);
        var story = await HeldStory.BeginAsync(room, acts);
        foreach (var act in acts)
            await story.DoAsync(act);

        await story.HaveSeenAsync();
        await story.DisposeAsync();
        await room.StopAsync(story.Run);
        await using var restarted = room.Scripted.Restart(HeldRoom.NewClock());
        await story.CompareAsync(room.Participant.At(restarted.Address));
    }
}
