using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>How each member follows the room now. Hosts.</summary>
    public Task<RoomWatching> GetWatchingAsync(CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<RoomWatching>(HttpMethod.Get, "/presence", null, isRepeatable: true, cancellationToken);

    /// <summary>The times at which members watched the room. Hosts.</summary>
    public Task<RoomAttendance> GetAttendanceAsync(CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<RoomAttendance>(HttpMethod.Get, "/attendance", null, isRepeatable: true, cancellationToken);

    /// <summary>The same as CSV, one line for each time. Hosts.</summary>
    public Task<string> GetAttendanceCsvAsync(CancellationToken cancellationToken = default) =>
        _endpoint.GetTextAsync("/attendance?format=csv", cancellationToken);
}
