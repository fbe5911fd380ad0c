using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Restart: after a clean stop or a crash, reads are as before and appends continue.</content>
public abstract partial class StoreSpecification
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restart_Reads_The_Same(bool isCrash)
    {
        var (room, other) = await CreateTwoRoomsAsync();
        PendingCommit[] commits =
        [
            room.Join("host", MemberRoles.Host, new TokenChange.Add("host", [1], DateTimeOffset.UnixEpoch)),
            room.Commit([], new InviteChange.Add(AnInvite("invite") with { MaxUses = 5 }, [2], [3])),
            room.Queue("run-1", "Paint", new RunChange.BindKey("run-1", "host", "key", [4])),
            room.Commit([LogUnderTest.Chunk("Once ", "run-1"), LogUnderTest.Chunk("upon\0", "run-1")]),
            room.End("run-1", "Once upon\0", "Paint"),
            room.Queue("run-2"),
            room.Commit([LogUnderTest.Chunk("still open", "run-2"), Message("hello 🦊", "host")]),
        ];
        await _store.StoreAsync([.. commits, other.Say("beside")]);
        var before = await ReadEverythingAsync(room);

        await RestartAsync(isCrash);

        Assert.Equal(before, await ReadEverythingAsync(room));
        await _store.HoldsAsync(room, commits);
        Assert.NotNull(await FindTokenAsync([1], CancellationToken));
        Assert.NotNull(await _store.Access.FindInviteAsync([3], CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sequences_And_Links_Go_On_After_A_Restart(bool isCrash)
    {
        var (room, silent) = await CreateTwoRoomsAsync();
        var commits = new List<PendingCommit>();
        for (var i = 0; i < 4; i++)
        {
            commits.Add(room.Say($"{i}", "word"));
            await _store.StoreAsync(commits[^1]);
            await RestartAsync(isCrash);
            await _store.ReopenAsync(room);
            await _store.ReopenAsync(silent);
        }

        await _store.HoldsAsync(room, commits);
        await _store.HoldsAsync(silent);
        Assert.Equal(9, room.Log.Head);
    }

    [Fact]
    public async Task Room_That_Is_Created_After_A_Restart_Is_Not_Taken_For_One_From_Before()
    {
        var before = await SayAsync(3);
        await _store.RestartAsync();

        var after = await _store.CreateRoomAsync();

        Assert.NotEqual(before.Log.Key, after.Log.Key);
        await _store.HoldsAsync(after);
    }

    [Fact]
    public async Task Commit_That_Waited_When_The_Process_Died_Is_Not_Stored()
    {
        var room = await _store.CreateRoomAsync();
        var stored = room.Say("stored");
        await _store.StoreAsync(stored);
        await _store.Fixture.CrashAsync();
        await _store.StoreAsync(room.Say("of the process that is dead"));

        await _store.RestartAsync();
        await _store.ReopenAsync(room);

        await _store.HoldsAsync(room, stored);
    }

    [Fact]
    public async Task Empty_Store_Has_Nothing_After_A_Restart()
    {
        await _store.RestartAsync();

        Assert.Empty(await _store.Rooms.FindRoomsWithOpenRunsAsync(CancellationToken));
        Assert.Null(await _store.Rooms.LoadAsync("room", CancellationToken));
        Assert.Null(await _store.Access.FindOperatorKeyAsync(CancellationToken));
        await RemoveRemainsAsync();
    }

    private async Task<string> ReadEverythingAsync(RoomUnderTest room)
    {
        var (rooms, key) = (_store.Rooms, room.Log.Key);
        var events = (await _store.ReadAllAsync(key)).Select(e => $"{e.Position} {e.Type} {JsonElement.Parse(e.Json.Span).GetRawText()}");
        return StoreUnderTest.Text(new
        {
            Events = events.ToList(),
            State = await LoadedTextAsync(room),
            People = await rooms.ReadPeopleAsync(key, 0, long.MaxValue, 100, CancellationToken),
            Runs = await rooms.ListRunsAsync(room.Id, null, null, 100, CancellationToken),
            Found = await rooms.FindRunAsync(room.Id, "run-1", CancellationToken),
            First = await rooms.FindNextRunAsync(key, 0, CancellationToken),
            Key = Convert.ToHexString((await rooms.FindDataKeyAsync(key, "run-1", CancellationToken))!.Value.Bytes.Span),
            Bound = (await rooms.FindRunKeyAsync("host", "key", CancellationToken))!.Value.RunId,
            Open = await rooms.FindRoomsWithOpenRunsAsync(CancellationToken),
            Token = await FindTokenAsync([1], CancellationToken),
            Invite = await _store.Access.FindInviteAsync([2], CancellationToken),
        });
    }
}
