using System.Globalization;
using System.Text.Json;
using CsCheck;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Model;

/// <summary><c>SWARMS_HUB_PROPERTY_SECONDS</c> sets the time of the search for a counterexample (4 in the suite).</summary>
public sealed class RoomLoaderTests(ITestOutputHelper output)
{
    private static readonly int Seconds = int.Parse(
        Environment.GetEnvironmentVariable("SWARMS_HUB_PROPERTY_SECONDS") ?? "4", CultureInfo.InvariantCulture);

    // Most texts are short. A few fill a snapshot's bound exactly, alone or with another.
    private static readonly Gen<int> Size = Gen.Frequency(
        (30, Gen.Int[1, 9]),
        (1, Gen.Int[200_000, 600_000]),
        (2, Gen.OneOf(
            Gen.Const(524_288),
            Gen.Const(524_289),
            Gen.Const(RoomState.MaxEndedTextLength),
            Gen.Const(RoomState.MaxEndedTextLength + 1))));

    // Runs and messages come in crowds, so that the bounds of 50 and 200 are passed.
    private static readonly Gen<RoomStep[]> Crowd = Gen.Select(
        RoomStep.Any(Size), Gen.Int[1, 120], (step, count) => Enumerable.Repeat(step, count).ToArray());

    private static readonly Gen<RoomStep[]> Story = Gen.Frequency((6, RoomStep.Any(Size).Array[1, 12]), (1, Crowd)).Array[1, 14]
        .Select(parts => parts.SelectMany(part => part).ToArray());

    [Fact]
    public async Task Loaded_Room_Is_The_Fold_Of_All_Its_Events()
    {
        await using var hub = await LogUnderTest.StartAsync(("Rooms:Tick", "00:00:00"));
        await Story.SampleAsync(steps => CheckAsync(hub, steps), output.WriteLine, time: Seconds, threads: 1, print: Print);
    }

    private static async Task CheckAsync(LogUnderTest hub, RoomStep[] steps)
    {
        using var lease = await hub.CreateRoomAsync();
        var story = LogUnderTest.StoryOf(lease.Log);
        foreach (var step in steps.Where(step => step.Size < 9 || step.What is RoomStep.Kind.Speak or RoomStep.Kind.WholeRun).Take(400))
        {
            var (events, changes) = story.Next(step);
            await lease.Log.AppendAsync(events, Durability.Process, CancellationToken.None, changes);
        }

        await lease.Log.AppendNowAsync([LogUnderTest.Event("unknown", new { })], CancellationToken.None);

        var loaded = (await hub.Store.LoadAsync(lease.Log.Id, CancellationToken.None))!;

        Assert.Equal(story.Events.Count + 1, loaded.Head.Sequence);
        Assert.Equal(Text(story.FoldOf(story.Events.Count)), Text(loaded.State));
    }

    private static string Text(RoomState state) =>
        JsonSerializer.Serialize(state.ToSnapshot("", SnapshotReasons.First), ProtocolJson.Options);

    private static string Print(RoomStep[] steps) => string.Join(", ", (IEnumerable<RoomStep>)steps);
}
