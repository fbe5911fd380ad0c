using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>The models that runs of a room may use. Safe from any thread.</summary>
internal sealed class RoomModelList(UpstreamRouter upstreams)
{
    /// <summary>Returns the models of all upstreams; where the room's budget names its models, those that have an upstream.</summary>
    public RoomModels Read(RoomLog log) => Read(log.Query(state => state.Room.Settings?.Budget?.Models));

    internal RoomModels Read(IReadOnlyList<string>? allowed) => allowed is null
        ? new([.. upstreams.Models.Select(one => new RoomModel(one.Model, one.Upstream))], upstreams.IsOpen)
        : new(
            [.. from model in allowed
                let upstream = upstreams.FindUpstream(model)
                where upstream is not null
                select new RoomModel(model, upstream)],
            IsOpen: false);
}
