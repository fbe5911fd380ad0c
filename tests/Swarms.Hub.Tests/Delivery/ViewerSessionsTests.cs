using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Delivery;

public sealed class ViewerSessionsTests : IDisposable
{
    private const int Most = 2;

    private readonly MemberConnections _connections = new(
        new NoRooms(), null!, new CallRates(Options.Create(new RateOptions())),
        Options.Create(new AccessOptions { MaxConnectionsPerMember = Most }), TimeProvider.System);

    // The notifier's loop does not run here, so it tells nobody.
    private readonly PresenceNotifier _notifier = new(null!, TimeProvider.System, NullLogger<PresenceNotifier>.Instance);

    public void Dispose() => _notifier.Dispose();

    [Fact]
    public async Task Room_Of_A_Member_With_Too_Many_Connections_Is_Free_To_Leave_Memory()
    {
        await using var hub = await LogUnderTest.StartAsync();
        for (var i = 0; i < Most; i++)
            _connections.Open(Callers.Of([1], "ann"));

        Assert.Equal(ErrorCodes.RateLimited, await RefuseAsync(hub, "ann"));

        AssertNoRoomIsInUse(hub);
    }

    [Fact]
    public async Task Room_Of_A_Viewer_Who_Is_Not_In_It_Is_Free_To_Leave_Memory_And_The_Viewers_Place_Is_Free()
    {
        await using var hub = await LogUnderTest.StartAsync();
        for (var i = 0; i < Most - 1; i++)
            _connections.Open(Callers.Of([1], "ann"));

        Assert.Equal(ErrorCodes.Unauthenticated, await RefuseAsync(hub, "ann"));

        AssertNoRoomIsInUse(hub);
        _connections.Open(Callers.Of([1], "ann")).Dispose();
    }

    /// <summary>Creates a room that nobody else uses and returns the code with which watching it is refused.</summary>
    private async Task<string> RefuseAsync(LogUnderTest hub, string member)
    {
        var room = await hub.CreateRoomAsync();
        room.Dispose();
        var presence = new PresenceRegistry(_notifier, Options.Create(new PresenceOptions()), TimeProvider.System);
        var viewers = new ViewerSessions(
            hub.Rooms, _connections, new RoomWatchers(), presence, hub.Get<IAccessStore>(), hub.Get<RunReader>(), hub.Get<HubMetrics>(),
            TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<HubErrorException>(
            () => viewers.OpenAsync(Callers.In(room.Log.Id, member), default, TestContext.Current.CancellationToken));
        return refusal.Code;
    }

    // Fills the limit of idle rooms with others, so that any further room in memory is in use.
    private static void AssertNoRoomIsInUse(LogUnderTest hub)
    {
        for (var i = 0; i < RoomRegistry.MaxIdleRooms; i++)
            hub.Rooms.Create(new Room { Id = $"room-{i}", Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch }).Dispose();

        Assert.Equal(RoomRegistry.MaxIdleRooms, hub.Rooms.Count);
    }
}
