using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>
/// The contract of a store, as <see cref="ILogWriter"/>, <see cref="IRoomStore"/> and <see cref="IAccessStore"/> state it: one part
/// of this class for each aspect. A store's own class derives from it and says how its <see cref="IStoreFixture"/> is made. A test here
/// names no product and no SQL.
/// </summary>
public abstract partial class StoreSpecification(ITestOutputHelper output) : IAsyncLifetime
{
    private StoreUnderTest _store = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await StoreUnderTest.OpenAsync(await CreateFixtureAsync());

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IStoreFixture> CreateFixtureAsync();

    private async Task<(RoomUnderTest Room, RoomUnderTest Other)> CreateTwoRoomsAsync() =>
        (await _store.CreateRoomAsync(), await _store.CreateRoomAsync());

    private Task RestartAsync(bool isCrash) => isCrash ? _store.CrashAsync() : _store.RestartAsync();

    // Contradicts every room of the suite.
    private static PendingCommit Refused(RoomUnderTest room) => room.Commit([Message("refused")], new MemberChange.Remove("nobody"));

    private static PendingEvent Message(string text, string? by = "ann") => LogUnderTest.Event(EventTypes.Message, new { text }, by: by);

    // Each commit was accepted, and its last event has that sequence.
    private static async Task StandAtAsync(IEnumerable<PendingCommit> commits, params long[] sequences) =>
        Assert.Equal(sequences, await Task.WhenAll(commits.Select(commit => commit.Committed)));

    private static async Task<string> CodeAsync(PendingCommit refused) =>
        (await Assert.ThrowsAsync<HubErrorException>(() => refused.Committed)).Code;

    private async Task<string> LoadedTextAsync(RoomUnderTest room) =>
        StoreUnderTest.Text((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State);

    private async Task<IReadOnlyList<Member>> LoadMembersAsync(RoomUnderTest room) =>
        (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Members;
}
