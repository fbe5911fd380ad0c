using Swarms.Hub.Access;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The models of a room, where the hub knows them all: its budget names them, the upstreams list theirs, or none is the Swarms API. Safe
/// from any thread.
/// </summary>
internal sealed class RoomModelNames(IRoomDirectory rooms, RoomModelList models, UpstreamRouter upstream)
{
    /// <summary>Returns the names; null where the Swarms API has more.</summary>
    public async Task<IReadOnlyList<string>?> FindAsync(RoomCaller caller, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var known = models.Read(lease.Log);
        return known.IsOpen && upstream.SwarmsApi is not null ? null : [.. known.Models.Select(model => model.Id)];
    }
}
