using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Links: the chain that the store gives is the one that the suite computes.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Links_Are_Those_That_Follow_From_The_Events()
    {
        var room = await _store.CreateRoomAsync();
        var commits = Enumerable.Range(0, 60).Select(i => room.Commit(i % 2 == 0 ? [Word(i), Said(i)] : [Word(i)])).ToList();

        foreach (var transaction in commits.Chunk(7))
            await _store.StoreAsync(transaction);

        await _store.HoldsAsync(room, commits);
        var chain = room.ChainOf([.. room.Created.Events, .. commits.SelectMany(commit => commit.Events)]).ToList();
        Assert.Equal(91, chain.Count);
        foreach (var position in chain)
            Assert.Equal(position.Link, await _store.Rooms.FindLinkAsync(room.Log.Key, position.Sequence, CancellationToken));

        static PendingEvent Word(int i) => LogUnderTest.Event(
            i % 4 == 0 ? "agent_thought" : EventTypes.Chunk, new { content = $"Wörter {i}\0" }, $"run-{i % 3}", i % 5 == 0 ? "ann" : null);

        static PendingEvent Said(int i) =>
            PendingEvent.Create(Noon.AddMilliseconds(i * i), EventTypes.Message, i % 6 == 0 ? null : "bob", new { text = $"{i}" });
    }

    [Fact]
    public async Task Link_Zero_Is_The_Rooms_Own_And_Is_Found_Where_Nothing_Has_Happened_Yet()
    {
        var (room, other, silent) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync(), _store.NewRoom());
        var empty = silent.Commit([], silent.Created.Changes);
        await _store.StoreAsync(empty);

        Assert.Equal(0, await empty.Committed);
        Assert.Equal(room.FirstLink, await _store.Rooms.FindLinkAsync(room.Log.Key, 0, CancellationToken));
        Assert.Equal(other.FirstLink, await _store.Rooms.FindLinkAsync(other.Log.Key, 0, CancellationToken));
        Assert.NotEqual(room.FirstLink, other.FirstLink);
        var loaded = (await _store.Rooms.LoadAsync(silent.Id, CancellationToken))!;
        Assert.Equal(new LogPosition(0, silent.FirstLink), loaded.Head);
        var first = silent.Say("first");
        await _store.StoreAsync(first);
        Assert.Equal(1, await first.Committed);
        Assert.Equal(silent.ChainOf(first.Events).Single(), silent.Log.Position);
    }

    [Fact]
    public async Task Same_Events_In_Two_Rooms_Have_Other_Links()
    {
        var (one, two) = await CreateTwoRoomsAsync();
        var word = LogUnderTest.Chunk("word");

        await _store.StoreAsync(one.Commit([word]), two.Commit([word]));

        Assert.Equal(one.Log.Head, two.Log.Head);
        Assert.NotEqual(one.Log.Position.Link, two.Log.Position.Link);
    }

    [Fact]
    public async Task Link_Of_What_There_Is_Not_Is_Null()
    {
        var room = await SayAsync(3);

        Assert.Null(await _store.Rooms.FindLinkAsync(room.Log.Key, 5, CancellationToken));
        Assert.Null(await _store.Rooms.FindLinkAsync(room.Log.Key, long.MaxValue, CancellationToken));
        Assert.Null(await _store.Rooms.FindLinkAsync(room.Log.Key + 1, 1, CancellationToken));
        await _store.Fixture.RemoveAsync(room.Log, 3);
        Assert.Null(await _store.Rooms.FindLinkAsync(room.Log.Key, 3, CancellationToken));
    }

    [Fact]
    public async Task Published_Events_Have_The_Bytes_And_Positions_That_Are_Read_Later()
    {
        var room = await _store.CreateRoomAsync();
        var odd = PendingEvent.Create(Noon.AddTicks(9_999), "odd", null, new { n = 1.50m });
        await _store.StoreAsync(room.Say("a", "b\0"), room.Commit([Message("Grüße 🦊"), odd]));

        var live = room.Log.ReadTail(0).Batches.SelectMany(batch => batch.Events).ToList();

        var read = await _store.ReadAllAsync(room.Log.Key);
        Assert.Equal(5, live.Count);
        Assert.Equal(read.Select(e => e.Position), live.Select(e => e.Position));
        Assert.Equal(read.Select(e => Convert.ToHexString(e.Json.Span)), live.Select(e => Convert.ToHexString(e.Json.Span)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Event_That_Another_Program_Wrote_Without_A_Link_Has_The_Same_One_Each_Time_And_The_Chain_Goes_On_From_It(bool isCrash)
    {
        var room = await SayAsync(3);
        var chain = (await _store.ReadAllAsync(room.Log.Key)).Select(e => e.Position).ToList();
        await _store.Fixture.AppendAsync(room.Log, isLinked: false);
        await _store.ReloadAsync(room);
        var foreign = room.Log.Position;
        Assert.Equal(5, foreign.Sequence);
        Assert.NotNull(foreign.Link);

        var next = room.Say("next");
        await _store.StoreAsync(next);
        await RestartAsync(isCrash);

        var following = new LogPosition(6, foreign.Link!.Value.Next(6, next.Events[0]));
        Assert.Equal(6, await next.Committed);
        Assert.Equal([.. chain, foreign, following], (await _store.ReadAllAsync(room.Log.Key)).Select(e => e.Position));
        Assert.Equal([.. chain, foreign, following], (await _store.ReadAllAsync(room.Log.Key, 1)).Select(e => e.Position));
        Assert.Equal(foreign.Link, await _store.Rooms.FindLinkAsync(room.Log.Key, 5, CancellationToken));
    }
}
