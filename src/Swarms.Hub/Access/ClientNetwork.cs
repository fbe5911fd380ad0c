using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.Access;

/// <summary>The network that a caller is counted by.</summary>
internal static class ClientNetwork
{
    /// <summary>
    /// Returns the address for IPv4, and the /64 for IPv6: a household or server gets one, and may call from each of its addresses.
    /// </summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";

        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }

    /// <summary>Returns the /48 of a network of IPv6, which one customer may have with all its /64s; null for IPv4.</summary>
    public static string? WiderOf(string network) => network.Length == 16 && !network.Contains('.') ? network[..12] : null;
}
