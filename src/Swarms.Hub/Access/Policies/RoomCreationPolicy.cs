using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Swarms.Hub.Access;

/// <summary>
/// Lets anybody create rooms while the hub listens on loopback only and is called by a loopback name; otherwise only the operator may.
/// A foreign page can point its own name at 127.0.0.1, but cannot make the browser call it localhost. A proxied request may come from
/// anywhere, so it never counts as local.
/// </summary>
internal sealed class RoomCreationPolicy(IServer server)
{
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix",
        // The names that a header has once it was believed.
        "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Original-Prefix",
    ];

    public bool IsOpen =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).All(address => IsLoopback(BindingAddress.Parse(address).Host));

    public bool IsOpenFor(HttpRequest request) => IsOpen && IsLoopback(request.Host.Host) && !IsPassedOn(request);

    private static bool IsPassedOn(HttpRequest request) =>
        (request.HttpContext.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
        || ProxyHeaders.Any(request.Headers.ContainsKey);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
