using System.Globalization;
using CsCheck;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>
/// Load: a room as its last commit left it. <c>SWARMS_HUB_PROPERTY_SECONDS</c> sets the time of the search for a counterexample (1 in the
/// suite, 4 in <c>.ci/run</c>).
/// </content>
public abstract partial class StoreSpecification
{
    // Sizes that exactly fill a snapshot's bound of texts, alone or with another text.
    private static readonly Gen<int> BoundarySize = Gen.OneOf(
        Gen.Const(RoomState.MaxEndedTextLength / 2), Gen.Const((RoomState.MaxEndedTextLength / 2) + 1),
        Gen.Const(RoomState.MaxEndedTextLength), Gen.Const(RoomState.MaxEndedTextLength + 1));

    private static readonly Gen<int> TextSize = Gen.Frequency((30, Gen.Int[1, 9]), (1, Gen.Int[200_000, 600_000]), (2, BoundarySize));

    // Runs and messages come in crowds, which exceed the bounds of 50 and 200.
    private static readonly Gen<RoomStep[]> Crowd =
        Gen.Select(RoomStep.Any(TextSize), Gen.Int[1, 120], (step, count) => Enumerable.Repeat(step, count).ToArray());

    private static readonly Gen<RoomStep[]> Story = Gen.Frequency((6, RoomStep.Any(TextSize).Array[1, 12]), (1, Crowd))
        .Array[1, 14].Select(parts => parts.SelectMany(part => part).ToArray());

    [Fact]
    public Task Loaded_Room_Is_The_Fold_Of_All_Its_Events() => Story.SampleAsync(
        FoldsAsync, output.WriteLine, time: PropertySeconds, threads: 1, print: steps => string.Join(", ", (IEnumerable<RoomStep>)steps));

    [Fact]
    public async Task Loaded_Room_Has_The_Name_And_Time_That_It_Was_Created_With()
    {
        var created = new Room { Id = "room", Name = "Grüße\0🦊", CreatedAt = Noon.AddMilliseconds(1).ToOffset(TimeSpan.FromHours(2)) };
        var room = _store.NewRoom(created.Id);
        await _store.StoreAsync(room.Commit([Message("first")], new RoomChange.CreateRoom(created)));

        var loaded = (await _store.Rooms.LoadAsync("room", CancellationToken))!;

        Assert.Equal(created, loaded.State.Room);
        Assert.Equal((room.Log.Key, room.Log.Position), (loaded.Key, loaded.Head));
        Assert.NotEqual(0, loaded.Key);
    }

    [Fact]
    public async Task Load_Of_A_Room_That_There_Is_Not_Is_Null()
    {
        await _store.CreateRoomAsync();

        Assert.Null(await _store.Rooms.LoadAsync("nobody made it", CancellationToken));
    }

    [Fact]
    public async Task Loads_Beside_The_Writer_Show_One_Commit_In_All_Their_Parts()
    {
        const int Members = 40;
        var room = await _store.CreateRoomAsync();
        var writing = new TaskCompletionSource();
        var loading = Enumerable.Range(0, 2).Select(_ => Task.Run(LoadAsync, CancellationToken)).ToList();

        for (var i = 0; i < Members; i++)
            await _store.StoreAsync(room.Join($"member-{i:D3}"));

        writing.SetResult();
        await Task.WhenAll(loading);
        Assert.Equal(Members, (await LoadMembersAsync(room)).Count);

        async Task LoadAsync()
        {
            for (var isLast = false; !isLast;)
            {
                isLast = writing.Task.IsCompleted;
                var loaded = (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!;
                Assert.Equal(loaded.Head.Sequence, 1 + loaded.State.Members.Count);
            }
        }
    }

    private static int PropertySeconds { get; } =
        int.Parse(Environment.GetEnvironmentVariable("SWARMS_HUB_PROPERTY_SECONDS") ?? "1", CultureInfo.InvariantCulture);

    private async Task FoldsAsync(RoomStep[] steps)
    {
        var room = await _store.CreateRoomAsync();
        var story = LogUnderTest.StoryOf(room.Log);
        var commits = new List<PendingCommit>();
        foreach (var step in steps.Where(step => step.Size < 9 || step.What is RoomStep.Kind.Speak or RoomStep.Kind.WholeRun).Take(400))
        {
            var (events, changes) = story.Next(step);
            commits.Add(room.Commit(events, changes));
        }

        foreach (var transaction in commits.Chunk(50))
            await _store.StoreAsync(transaction);

        Assert.All(commits, commit => Assert.True(commit.Committed.IsCompletedSuccessfully, $"{commit.Committed.Exception}"));
        var loaded = (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!;
        Assert.Equal(room.Log.Position, loaded.Head);
        Assert.Equal(StoreUnderTest.Text(story.FoldOf(story.Events.Count)), StoreUnderTest.Text(loaded.State));
    }
}
