using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// A page of the room's log, for a program that shows what happened before. <see cref="RoomState"/> folds the events, from the first
    /// one on. Erased events are there without what was erased.
    /// </summary>
    /// <param name="after">A page's <see cref="EventPage.Cursor"/>, or a sequence; the room's first event if left out.</param>
    /// <param name="limit">1 to 1000; 100 if left out. A page has fewer events where they are large, and none only at the end.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<EventPage> ListEventsAsync(string? after = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var parts = new (string Name, string? Value)[] { ("after", after), ("limit", limit?.ToString(CultureInfo.InvariantCulture)) }
            .Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={Escape(part.Value!)}");
        return _endpoint.SendAsync<EventPage>(
            HttpMethod.Get, "/events?" + string.Join('&', parts), null, isRepeatable: true, cancellationToken);
    }
}
