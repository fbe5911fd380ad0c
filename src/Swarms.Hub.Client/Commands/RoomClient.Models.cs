using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>The models that runs of the room may use.</summary>
    public Task<RoomModels> GetModelsAsync(CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<RoomModels>(HttpMethod.Get, "/models", null, isRepeatable: true, cancellationToken);
}
