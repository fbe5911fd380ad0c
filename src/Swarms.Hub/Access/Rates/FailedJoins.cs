using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// Counts wrong codes for each network and minute, and tells those who try too many to wait. It refuses wrong codes only: a code is too
/// long to be guessed, so nobody's guesses need to lock out a right code or link. Safe from any thread.
/// </summary>
internal sealed class FailedJoins(IOptions<AccessOptions> options, TimeProvider time)
{
    // Each takes 150 bytes. Beyond them all further networks share one count for that minute.
    internal const int MaxNetworks = 10_000;

    // A /48 of IPv6 has 65,536 networks, and may be a whole town or one guesser.
    private const int WiderLimit = 10;

    private const string Everybody = "";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = [];
    private long _since = time.GetTimestamp();

    /// <summary>Counts a wrong code, and returns the refusal for it.</summary>
    public HubErrorException Refuse(HttpContext context)
    {
        var limit = options.Value.MaxFailedJoinsPerMinute;
        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        lock (_lock)
        {
            if (time.GetElapsedTime(_since) >= Window)
            {
                _failures.Clear();
                _since = time.GetTimestamp();
            }

            var isTooMany = Count_NeedsLock(network) > limit;
            if (ClientNetwork.WiderOf(network) is { } wider)
                isTooMany |= Count_NeedsLock(wider) > WiderLimit * limit;

            return isTooMany
                ? new HubErrorException(
                    ErrorCodes.RateLimited, "This code is wrong, as many others from your address were. Try again in a minute.", Window)
                : NoInvite();
        }
    }

    public static HubErrorException NoInvite() =>
        new(ErrorCodes.NotFound, "This invite is not valid. Check the link or code, or ask for a new one.");

    private int Count_NeedsLock(string network)
    {
        var key = _failures.Count < MaxNetworks || _failures.ContainsKey(network) ? network : Everybody;
        return _failures[key] = _failures.GetValueOrDefault(key) + 1;
    }
}
