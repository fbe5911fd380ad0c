using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// Searches runs, messages, agents and members. A page has the newest results, the best of them first; case and accents make no
    /// difference.
    /// </summary>
    /// <param name="text">The words, which must all be in one passage: 1 to 200 characters.</param>
    /// <param name="search">The choice of results; all kinds if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SearchPage> SearchAsync(string text, RoomSearch? search = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new[]
            {
                ("q", text), ("kind", search?.Kind), ("by", search?.By), ("agent", search?.Agent), ("state", search?.State),
                ("from", search?.From?.ToString("O", CultureInfo.InvariantCulture)),
                ("to", search?.To?.ToString("O", CultureInfo.InvariantCulture)),
                ("before", search?.Before?.ToString(CultureInfo.InvariantCulture)),
                ("limit", search?.Limit?.ToString(CultureInfo.InvariantCulture)),
            }
            .Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1}={Escape(part.Item2!)}");
        return _endpoint.SendAsync<SearchPage>(
            HttpMethod.Get, "/search?" + string.Join('&', parts), null, isRepeatable: true, cancellationToken);
    }
}
