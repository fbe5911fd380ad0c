using System.Text;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Append: the events of one transaction, and their sequences.</content>
public abstract partial class StoreSpecification
{
    [Fact]
    public async Task Append_Gives_Sequences_From_One_Without_A_Gap()
    {
        var room = _store.NewRoom();
        PendingCommit[] commits = [room.Created, room.Say("a", "b"), room.Say("c"), room.Say("d", "e", "f")];

        await _store.StoreAsync(commits);

        await StandAtAsync(commits, 1, 3, 4, 7);
        await _store.HoldsAsync(room, commits[1..]);
    }

    [Fact]
    public async Task Append_Goes_On_Where_The_Transaction_Before_It_Ended()
    {
        var room = await _store.CreateRoomAsync();
        var commits = Enumerable.Range(0, 20).Select(i => room.Say($"{i}", "!")).ToList();

        foreach (var commit in commits)
            await _store.StoreAsync(commit);

        await StandAtAsync(commits, [.. Enumerable.Range(1, 20).Select(i => 1 + (2L * i))]);
        await _store.HoldsAsync(room, commits);
    }

    [Fact]
    public async Task Append_Keeps_The_Order_In_Which_The_Commits_Of_Each_Room_Are_Given()
    {
        var rooms = new[] { await _store.CreateRoomAsync(), await _store.CreateRoomAsync(), await _store.CreateRoomAsync() };
        var commits = Enumerable.Range(0, 90).Select(i => rooms[i * i % 3].Say($"{i}")).ToList();

        await _store.StoreAsync(commits);

        foreach (var room in rooms)
            await _store.HoldsAsync(room, [.. commits.Where(commit => commit.Log == room.Log)]);
    }

    [Fact]
    public async Task Append_Is_Readable_When_The_Call_Returns_And_Before_It_Is_Published()
    {
        var room = await _store.CreateRoomAsync();

        var stored = await _store.Writer.StoreAsync([room.Say("a", "b")]);

        Assert.Equal(1, room.Log.Head);
        Assert.Equal([1, 2, 3], (await _store.ReadAllAsync(room.Log.Key)).Select(e => e.Sequence));
        Assert.Equal(2, stored.Events);
        Assert.Equal([2, 3], Assert.Single(stored.Rooms).Events.Select((_, i) => 2L + i));
    }

    [Fact]
    public async Task Append_To_Many_Rooms_Is_One_Transaction()
    {
        var rooms = Enumerable.Range(0, 300).Select(_ => _store.NewRoom()).ToList();
        var more = rooms.ConvertAll(room => room.Say(room.Id, "and more"));
        var before = _store.Writer.Transactions;

        await _store.StoreAsync([.. rooms.Select(room => room.Created), .. more]);

        Assert.Equal(before + 1, _store.Writer.Transactions);
        Assert.Equal(300, rooms.Select(room => room.Log.Key).Distinct().Count());
        Assert.All(await Task.WhenAll(more.Select(commit => commit.Committed)), sequence => Assert.Equal(3, sequence));
        foreach (var (room, commit) in rooms.Zip(more).Where((_, i) => i % 30 == 0))
            await _store.HoldsAsync(room, commit);
    }

    [Fact]
    public async Task Rooms_Do_Not_See_Each_Others_Events()
    {
        var (one, two) = await CreateTwoRoomsAsync();
        var (first, second) = (one.Say("one"), two.Say("two", "two"));

        await _store.StoreAsync(first, second);

        Assert.NotEqual(one.Log.Key, two.Log.Key);
        await _store.HoldsAsync(one, first);
        await _store.HoldsAsync(two, second);
    }

    [Fact]
    public async Task Append_Keeps_Every_Text_To_The_Letter()
    {
        string[] texts =
        [
            "", " ", "\0", "before\0after", "\0\0", "\u0001\u001f\u007f\u0085", "\"'`\\/", "\r\n\t\b\f", "\u2028\u2029",
            "\ufeff", "Grüße", "e\u0301", "葉っぱ", "שלום\u202e", "🦊👨‍👩‍👧‍👦", "\uffff\ufffd",
            "%_*?[a-z]", "'); DROP TABLE events; --", "$1 {0} :a @b",
        ];
        var room = await _store.CreateRoomAsync();
        var messages = texts.Select(text => room.Commit([Message(text), LogUnderTest.Chunk(text)])).ToList();

        await _store.StoreAsync(messages);

        await _store.HoldsAsync(room, messages);
    }

    [Fact]
    public async Task Append_Keeps_A_Type_That_An_Upstream_Made_Up()
    {
        var room = await _store.CreateRoomAsync();
        var longType = $"long\0{new string('x', 1_000)}";
        string[] types = ["agent_thought", "ÄŽ 🦊", "a\0b", "'\"", " ", "\ufffe\uffff\0", longType];
        var odd = room.Commit([.. types.Select(type => LogUnderTest.Event(type, new { }, "run"))]);

        await _store.StoreAsync(odd);

        await _store.HoldsAsync(room, odd);
        Assert.Equal("a\0b", (await _store.ReadAllAsync(room.Log.Key))[3].Type);
    }

    [Fact]
    public async Task Append_Keeps_Data_As_The_Bytes_That_Were_Given()
    {
        var room = await _store.CreateRoomAsync();
        var spaced = Encoding.UTF8.GetBytes("""{ "b" : 1.50, "a":[1,  2], "b": "\u0041\u0000\/", "n": 12345678901234567890.10 }""");
        var commit = room.Commit([PendingEvent.CreateJson(DateTimeOffset.UnixEpoch, "odd", null, spaced, DataKey.Create())]);

        await _store.StoreAsync(commit);

        var json = (await _store.ReadAllAsync(room.Log.Key))[1].Json;
        Assert.Contains(Encoding.UTF8.GetString(spaced), Encoding.UTF8.GetString(json.Span), StringComparison.Ordinal);
        Assert.Equal(room.ChainOf([.. room.Created.Events, .. commit.Events]).Last(), room.Log.Position);
    }

    [Fact]
    public async Task Append_Keeps_A_Very_Large_Text()
    {
        var room = await _store.CreateRoomAsync();
        var text = string.Concat(Enumerable.Repeat("🦊\0 ", 2_000_000));
        var large = room.Commit([Message("before"), LogUnderTest.Chunk(text), Message("after")]);

        await _store.StoreAsync(large);

        await _store.HoldsAsync(room, large);
    }

    [Fact]
    public async Task Append_Keeps_Times_To_The_Millisecond()
    {
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch.AddMilliseconds(-1), DateTimeOffset.UnixEpoch.AddTicks(9_999), DateTimeOffset.MinValue,
            new(2026, 2, 28, 23, 59, 59, 999, TimeSpan.FromHours(-11)), new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
        ];
        var room = await _store.CreateRoomAsync();
        var commit = room.Commit([.. times.Select(at => PendingEvent.Create(at, EventTypes.Message, "ann", new { text = "now" }))]);

        await _store.StoreAsync(commit);

        await _store.HoldsAsync(room, commit);
    }

    [Fact]
    public async Task Commit_Without_Events_Takes_No_Sequence()
    {
        var room = await _store.CreateRoomAsync();
        var silent = room.Commit([], new TokenChange.Add("ann", [1], DateTimeOffset.UnixEpoch));
        var next = room.Say("next");

        await _store.StoreAsync(silent, next);

        Assert.Equal((1, 2), (await silent.Committed, await next.Committed));
        await _store.HoldsAsync(room, next);
    }

    [Fact]
    public async Task Call_Without_Commits_Leaves_Every_Room_As_It_Is()
    {
        var room = await _store.CreateRoomAsync();

        var stored = await _store.StoreAsync();

        Assert.Empty(stored.Rooms);
        Assert.Empty(stored.Diverged);
        await _store.HoldsAsync(room);
    }
}
