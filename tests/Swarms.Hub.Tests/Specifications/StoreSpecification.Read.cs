using System.Text.Json;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Specifications;

/// <content>Read: all events, and people's events among them.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Pages_Of_Any_Size_Together_Are_The_Log()
    {
        var room = await _store.CreateRoomAsync();
        var commits = Enumerable.Range(0, 40).Select(i => room.Say([.. Enumerable.Range(0, i % 13).Select(n => $"{i}.{n}")])).ToList();
        await _store.StoreAsync(commits);
        await _store.HoldsAsync(room, commits);
        var whole = await ReadAsync(10_000);

        foreach (var size in new[] { 1, 7, whole.Count - 1, whole.Count })
            Assert.Equal(whole, await ReadAsync(size));

        async Task<List<(LogPosition, string)>> ReadAsync(int size) =>
            [.. (await _store.ReadAllAsync(room.Log.Key, size)).Select(e => (e.Position, JsonElement.Parse(e.Json.Span).GetRawText()))];
    }

    [Fact]
    public async Task Measure_Is_The_Weight_Of_The_Events_Up_To_A_Place()
    {
        var room = await _store.CreateRoomAsync();
        var commits = new[] { room.Say("a", "é€🎉\u0001"), room.Say(new string('x', 100_000)) };
        await _store.StoreAsync(commits);
        var weights = commits.SelectMany(commit => commit.Events).Select(pending => pending.Weight).ToList();

        var first = await _store.Rooms.MeasureAsync(room.Log.Key, 1, CancellationToken);
        Assert.Equal(first + weights[0] + weights[1], await _store.Rooms.MeasureAsync(room.Log.Key, 3, CancellationToken));
        Assert.Equal(first + weights.Sum(), await _store.Rooms.MeasureAsync(room.Log.Key, long.MaxValue, CancellationToken));
        Assert.Equal(0, await _store.Rooms.MeasureAsync(room.Log.Key + 1, long.MaxValue, CancellationToken));
    }

    [Fact]
    public async Task Read_Begins_After_One_Place_And_Ends_With_Another()
    {
        var room = await SayAsync(10);

        Assert.Equal([4, 5, 6, 7], await SequencesAsync(room, after: 3, through: 7));
        Assert.Equal([1, 2], await SequencesAsync(room, after: 0, through: 2));
        Assert.Equal([11], await SequencesAsync(room, after: 10, through: long.MaxValue));
    }

    [Fact]
    public async Task Read_Stops_At_Its_Limit()
    {
        var room = await SayAsync(10);

        Assert.Equal([4, 5, 6], await SequencesAsync(room, after: 3, through: 11, limit: 3));
    }

    [Fact]
    public async Task Read_Of_Large_Events_Stops_At_Its_Weight_But_Never_Before_The_First()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Say([.. Enumerable.Repeat(new string('x', 10_000), 10)]));

        Assert.Equal([2, 3, 4], await SequencesAsync(room, after: 1, through: 11, maxBytes: 35_000));
        Assert.Equal([5], await SequencesAsync(room, after: 4, through: 11, maxBytes: 5_000));
    }

    [Fact]
    public async Task Read_Of_What_There_Is_Not_Is_Null()
    {
        var room = await SayAsync(10);

        Assert.Empty(await SequencesAsync(room, after: 7, through: 7));
        Assert.Empty(await SequencesAsync(room, after: 11, through: long.MaxValue));
        Assert.Null(await _store.Rooms.ReadAsync(room.Log.Key + 1, 0, long.MaxValue, 10, int.MaxValue, CancellationToken));
    }

    [Fact]
    public async Task Read_Stops_Before_A_Gap_That_Another_Program_Made()
    {
        var room = await SayAsync(10);
        await _store.Fixture.RemoveAsync(room.Log, 6);

        Assert.Equal([4, 5], await SequencesAsync(room, after: 3, through: 11));
        Assert.Equal([7, 8], await SequencesAsync(room, after: 6, through: 8));
    }

    [Fact]
    public async Task Cursor_Of_A_Read_Is_The_Position_Of_Its_Last_Event()
    {
        var room = await SayAsync(10);

        var page = (await _store.Rooms.ReadAsync(room.Log.Key, 2, 8, 4, int.MaxValue, CancellationToken))!;

        Assert.Equal(6, page.LastSequence);
        Assert.Equal(new LogPosition(6, await _store.Rooms.FindLinkAsync(room.Log.Key, 6, CancellationToken)).ToString(), page.Cursor);
    }

    [Fact]
    public async Task People_Are_Read_Without_Runs()
    {
        var room = await _store.CreateRoomAsync();
        PendingCommit[] commits =
        [
            room.Join("ann"), room.Queue("run-1"), room.Say("chunk"), room.Commit([Message("hello")]), room.End("run-1", "text"),
            room.Commit([Message("bye", "bob")]),
        ];
        await _store.StoreAsync(commits);

        var people = await _store.Rooms.ReadPeopleAsync(room.Log.Key, 0, long.MaxValue, 100, CancellationToken);

        Assert.Equal([1, 2, 5, 7], people.Select(e => e.Sequence));
        Assert.Equal(StoreUnderTest.Text(commits[5].Events[0].ToRoomEvent(7)), StoreUnderTest.Text(people[3]));
        Assert.Equal([2, 5], await SequencesAsync(after: 1, through: 6, limit: 10));
        Assert.Equal([2], await SequencesAsync(after: 1, through: 6, limit: 1));
        Assert.Empty(await SequencesAsync(after: 7, through: long.MaxValue, limit: 10));

        async Task<IEnumerable<long>> SequencesAsync(long after, long through, int limit) =>
            (await _store.Rooms.ReadPeopleAsync(room.Log.Key, after, through, limit, CancellationToken)).Select(e => e.Sequence);
    }

    [Fact]
    public async Task Readers_Beside_The_Writer_See_Whole_Commits_And_Never_Less_Than_Before()
    {
        const int Commits = 60;
        var room = await _store.CreateRoomAsync();
        var writing = new TaskCompletionSource();
        var reading = Enumerable.Range(0, 3).Select(_ => Task.Run(ReadAsync, CancellationToken)).ToList();

        for (var i = 0; i < Commits; i++)
            await _store.StoreAsync(room.Say("five", "words", "in", "one", "commit"));

        writing.SetResult();
        Assert.All(await Task.WhenAll(reading), seen => Assert.Equal(5 * Commits, seen));

        async Task<int> ReadAsync()
        {
            var seen = 0;
            for (var isLast = false; !isLast;)
            {
                isLast = writing.Task.IsCompleted;
                var now = (await SequencesAsync(room, after: 1, through: long.MaxValue, limit: 10_000)).Count;
                Assert.True(now % 5 == 0 && now >= seen, $"{now} after {seen}");
                seen = now;
            }

            return seen;
        }
    }

    [Fact]
    public async Task Read_That_Is_Cancelled_Ends()
    {
        var room = await SayAsync(10);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.Rooms.LoadAsync(room.Id, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.Rooms.ReadAsync(room.Log.Key, 0, 10, 10, int.MaxValue, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FindTokenAsync([1], cancelled));
    }

    private async Task<RoomUnderTest> SayAsync(int words)
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Say([.. Enumerable.Range(0, words).Select(i => $"{i}")]));
        return room;
    }

    private async Task<IReadOnlyList<long>> SequencesAsync(
        RoomUnderTest room, long after, long through, int limit = 100, int maxBytes = int.MaxValue)
    {
        var page = await _store.Rooms.ReadAsync(room.Log.Key, after, through, limit, maxBytes, CancellationToken);
        return page?.Events.Select(e => e.Sequence).ToList() ?? [];
    }
}
