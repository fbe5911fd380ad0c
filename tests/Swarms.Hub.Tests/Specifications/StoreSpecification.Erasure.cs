using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Erasure: data goes in the commit that erases it, and nothing else changes.</content>
public abstract partial class StoreSpecification
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_That_Is_Erased_In_The_Transaction_That_Stores_It_Is_Never_Shown(bool isAnswerLost)
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Commit([Message("said first")]));
        var before = room.Log.Head;
        PendingCommit[] edits =
            [Edit(room, 2, "said second"), Edit(room, 2, "said third"), room.Say("between"), Edit(room, 2, "said last")];
        if (isAnswerLost)
            await _store.LoseAnswerAsync(edits);

        await _store.StoreAsync(edits);

        var shown = string.Concat(room.Log.ReadTail(before).Batches.Select(batch => Encoding.UTF8.GetString(batch.Frame.Span)));
        var stored = string.Concat((await _store.ReadAllAsync(room.Log.Key)).Select(one => Encoding.UTF8.GetString(one.Json.Span)));
        foreach (var gone in (string[])["said first", "said second", "said third"])
        {
            Assert.DoesNotContain(gone, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(gone, stored, StringComparison.Ordinal);
        }

        Assert.Contains("said last", shown, StringComparison.Ordinal);
        Assert.Equal("said last", Assert.Single(room.Log.Query(state => state.Messages.ToList())).Text);
        await StateIsAsLoadedAsync(room);
    }

    [Fact]
    public async Task Refused_Commit_Erases_Nothing()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Commit([Message("said first")]));
        var edit = Edit(room, 2, "said second");
        var refused = room.Commit(edit.Events, [.. edit.Changes, new MemberChange.Remove("nobody")]);
        var other = room.Say("meanwhile");

        await _store.StoreAsync(refused, other);

        Assert.Equal(ErrorCodes.NotFound, await CodeAsync(refused));
        Assert.Equal("said first", Assert.Single(room.Log.Query(state => state.Messages.ToList())).Text);
        await StateIsAsLoadedAsync(room);
    }

    [Fact]
    public async Task Links_And_Sequences_Stay_When_Messages_And_Runs_Are_Erased()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("ann", MemberRoles.Host));
        await _store.StoreAsync(room.Commit([Message("said first")]), room.Queue("run", "a task"), room.End("run", "a text", "a task"));
        var links = (await _store.ReadAllAsync(room.Log.Key)).Select(one => one.Position).ToList();
        var removed = LogUnderTest.Event(EventTypes.MessageRemoved, new { target = 3 }, by: "ann");
        var gone = LogUnderTest.Event(EventTypes.RunRemoved, new { run = "run", kind = "agent", textLength = 6 }, by: "ann");

        await _store.StoreAsync(
            room.Commit([removed], new MessageChange.Remove(3, "ann")), room.Commit([gone], new RunChange.Moderate("run", "ann")));

        var read = await _store.ReadAllAsync(room.Log.Key);
        Assert.Equal(links, read.Take(links.Count).Select(one => one.Position));
        foreach (var position in links)
            Assert.Equal(position.Link, await _store.Rooms.FindLinkAsync(room.Log.Key, position.Sequence, CancellationToken));

        Assert.Equal(
            ["""{"erased":6,"length":10}""", """{"erased":7}""", """{"erased":7}"""],
            read.Skip(2).Take(3).Select(one => System.Text.Json.JsonElement.Parse(one.Json.Span).GetProperty("data").GetRawText()));
        Assert.Null(await _store.Rooms.FindDataKeyAsync(room.Log.Key, "run", CancellationToken));
        Assert.Empty((await _store.Rooms.ListRunsAsync(room.Id, "text", null, 10, CancellationToken))!);
        await _store.RestartAsync();
        await _store.ReopenAsync(room);
        Assert.Equal(6, room.Log.Query(state => state.FindRun("run")!.TextLength));
    }

    [Fact]
    public async Task Reaction_Is_Listed_Until_It_Is_Taken_Back_Or_Its_Message_Is_Removed()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Commit([Message("one")]), room.Commit([Message("two")]));
        await _store.StoreAsync(
            React(room, EventTypes.Reaction, 2, new AddReaction("ann", 2, "👍")),
            React(room, EventTypes.Reaction, 3, new AddReaction("ann", 3, "👍")));
        Assert.Equal([4, 5], (await ReactionsAsync()).Order());

        await _store.StoreAsync(React(room, EventTypes.ReactionRemoved, 2, new RemoveReaction("ann", 2, "👍")));
        Assert.Equal([5], await ReactionsAsync());
        var again = React(room, EventTypes.ReactionRemoved, 2, new RemoveReaction("ann", 2, "👍"));
        await _store.StoreAsync(again);
        Assert.Equal(ErrorCodes.Conflict, await CodeAsync(again));

        var removed = LogUnderTest.Event(EventTypes.MessageRemoved, new { target = 3 }, by: "ann");
        await _store.StoreAsync(room.Join("ann"), room.Commit([removed], new MessageChange.Remove(3, "ann")));
        Assert.Empty(await ReactionsAsync());
        await StateIsAsLoadedAsync(room);

        async Task<IReadOnlySet<long>> ReactionsAsync() =>
            await _store.Rooms.FindReactionsAsync(room.Log.Key, 0, long.MaxValue, CancellationToken);
    }

    private static PendingCommit Edit(RoomUnderTest room, long target, string text) => room.Commit(
        [LogUnderTest.Event(EventTypes.MessageEdited, new { target, text }, by: "ann")], new MessageChange.Edit(target, text, "ann"));

    private static PendingCommit React(RoomUnderTest room, string type, long target, ReactionChange change) =>
        room.Commit([LogUnderTest.Event(type, new { emoji = "👍", target }, by: "ann")], change);

    private async Task StateIsAsLoadedAsync(RoomUnderTest room) =>
        Assert.Equal(await LoadedTextAsync(room), room.Log.Query(StoreUnderTest.Text));
}
