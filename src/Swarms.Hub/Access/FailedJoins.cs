using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// Limits the guessing of codes per address and minute. Only failures count, so a class of thirty behind one address can join at once.
/// Safe from any thread.
/// </summary>
internal sealed class FailedJoins(IOptions<AccessOptions> options, TimeProvider time)
{
    // Each takes 150 bytes. A guesser with more networks makes the rest of the world share one limit for that minute.
    internal const int MaxAddresses = 10_000;

    private const string Everybody = "";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = [];
    private long _since = time.GetTimestamp();

    public void Refuse(HttpContext context)
    {
        lock (_lock)
        {
            if (_failures.GetValueOrDefault(Key_NeedsLock(context)) >= options.Value.MaxFailedJoinsPerMinute)
            {
                throw new HubErrorException(
                    ErrorCodes.RateLimited, "Too many wrong invites came from your address. Try again in a minute.", Window);
            }
        }
    }

    public void Count(HttpContext context)
    {
        lock (_lock)
        {
            var key = Key_NeedsLock(context);
            _failures[key] = _failures.GetValueOrDefault(key) + 1;
        }
    }

    private string Key_NeedsLock(HttpContext context)
    {
        if (time.GetElapsedTime(_since) >= Window)
        {
            _failures.Clear();
            _since = time.GetTimestamp();
        }

        var network = Network(context.Connection.RemoteIpAddress);
        return _failures.Count < MaxAddresses || _failures.ContainsKey(network) ? network : Everybody;
    }

    // A household or server gets a /64 of IPv6 and may call from each of its addresses.
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return Everybody;

        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }
}
