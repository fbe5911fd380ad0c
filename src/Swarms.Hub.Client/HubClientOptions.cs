using System.Net;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Client;

/// <summary>How a program reaches a hub.</summary>
public sealed class HubClientOptions
{
    /// <summary>
    /// The hub's address, such as <c>http://localhost:5080</c>. A client of <c>AddSwarmsHubClient</c> needs it; the constructor of
    /// <see cref="HubClient"/> takes the address as an argument of its own.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>The operator's key: creating a room takes it where the hub listens beyond loopback. None if left out.</summary>
    /// <exception cref="ArgumentException">No header carries the key: it has other characters than visible ASCII.</exception>
    public string? OperatorKey
    {
        get;
        set
        {
            if (value is not null)
                HeaderValue.Require(value, nameof(OperatorKey));

            field = value;
        }
    }

    /// <summary>
    /// Trades the token for a single-use ticket for every WebSocket, because a browser's cannot carry it. False if left out; a program in a
    /// browser always does.
    /// </summary>
    public bool UseTickets { get; set; }

    /// <summary>
    /// Longest wait between two attempts to reconnect; 5 seconds if left out. The first attempt comes at once, the second within a second,
    /// and the wait's upper bound doubles from there.
    /// </summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for a connection to open; 15 seconds if left out.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A connection on which nothing was heard for so long is dead; 8 seconds if left out. The hub is heard every 3 seconds.
    /// </summary>
    public TimeSpan ServerTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How often the hub hears from the client; 10 seconds if left out.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// So many events wait for a program that is slow to take them, any other update counting as one; 2,000 if left out. Beyond it the
    /// stream is let go, and resumed once the program has taken them all.
    /// </summary>
    public int MaxBufferedEvents { get; set; } = 2_000;

    /// <summary>
    /// Replaces or wraps the handler that carries calls and WebSockets alike: it is given the client's own and returns the one to use. The
    /// client's own if left out. A handler that wraps the other must pass on requests to upgrade. A browser's WebSockets pass none.
    /// </summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? HttpMessageHandlerFactory { get; set; }

    /// <summary>
    /// Changes the options of each WebSocket before it opens, such as its compression. Proxies and certificates are the handler's. Nothing
    /// if left out.
    /// </summary>
    public Action<ClientWebSocketOptions>? WebSocketConfiguration { get; set; }

    /// <summary>The proxy for calls and WebSockets, with its credentials where it asks for some; the system's if left out.</summary>
    [UnsupportedOSPlatform("browser")]
    public IWebProxy? Proxy { get; set; }

    /// <summary>Certificates that the client shows to a hub that asks for one; none if left out.</summary>
    [UnsupportedOSPlatform("browser")]
    public X509CertificateCollection? ClientCertificates { get; set; }

    /// <summary>
    /// Changes the handler that carries calls and WebSockets alike, before its first use: certificates that are trusted, how connections
    /// are made, names resolved. Nothing if left out.
    /// </summary>
    [UnsupportedOSPlatform("browser")]
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }

    /// <summary>The clock of all waiting; the system's if left out.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The log of the client and of SignalR; none if left out.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReconnectDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ServerTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(KeepAliveInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBufferedEvents, 1);
    }
}
