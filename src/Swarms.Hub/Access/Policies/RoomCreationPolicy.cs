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
    // Any of these, and every header that begins as below, is a proxy's: browsers and programs do not send them. X-Original is what a
    // header is called once it was believed.
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "Fastly-Client-IP", "Fly-Client-IP",
        "X-Envoy-External-Address", "X-Azure-ClientIP", "X-ProxyUser-Ip",
    ];

    private static readonly string[] ProxyPrefixes = ["X-Forwarded", "X-Original", "CF-"];

    public bool IsOpen =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).All(address => IsLoopback(BindingAddress.Parse(address).Host));

    public bool IsOpenFor(HttpRequest request) => IsOpen && IsLoopback(request.Host.Host) && !IsPassedOn(request);

    private static bool IsPassedOn(HttpRequest request) =>
        (request.HttpContext.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
        || ProxyHeaders.Any(request.Headers.ContainsKey)
        || request.Headers.Keys.Any(name => ProxyPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
