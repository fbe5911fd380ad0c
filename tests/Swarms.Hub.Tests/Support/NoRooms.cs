using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Support;

/// <summary>A directory without rooms. The test calls its followers.</summary>
internal sealed class NoRooms : IRoomDirectory
{
    public List<IRoomFollower> Followers { get; } = [];

    public int Count => 0;

    public Task<RoomLease> OpenAsync(string roomId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RoomLease?> TryOpenAsync(string roomId, CancellationToken cancellationToken) => Task.FromResult<RoomLease?>(null);

    public Task CreateAsync(
        Room room, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes) =>
        throw new NotSupportedException();

    public void Follow(IRoomFollower follower) => Followers.Add(follower);
}
