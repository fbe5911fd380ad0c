using System.Runtime.Versioning;

namespace Swarms.Hub.Client;

/// <summary>
/// The handlers that carry calls and connections, the same for both: so proxies, certificates and a program's own handlers serve each.
/// Safe from any thread.
/// </summary>
internal abstract class HubHandler : IDisposable
{
    /// <summary>For calls. The caller does not dispose of it.</summary>
    public abstract HttpClient GetHttp();

    /// <summary>For a WebSocket, which leaves the handler open when it ends.</summary>
    public HttpMessageInvoker CreateInvoker() => new(GetHandler(), disposeHandler: false);

    /// <summary>For a connection that would dispose of its handler.</summary>
    public HttpMessageHandler Lend() => new Lent(CreateInvoker());

    /// <summary>The proxy on the way to an address; null where there is none, or where only the platform knows.</summary>
    public Uri? FindProxy(Uri address)
    {
        if (OperatingSystem.IsBrowser())
            return null;

        var handler = GetHandler();
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;

        var proxy = handler switch
        {
            SocketsHttpHandler { UseProxy: true } sockets => sockets.Proxy ?? HttpClient.DefaultProxy,
            HttpClientHandler { UseProxy: true } http => http.Proxy ?? HttpClient.DefaultProxy,
            _ => null,
        };
        return proxy is null || proxy.IsBypassed(address) ? null : proxy.GetProxy(address);
    }

    /// <summary>A handler as the options say. The browser has its own, which takes none of them.</summary>
    public static HttpMessageHandler Create(HubClientOptions options)
    {
        HttpMessageHandler handler = OperatingSystem.IsBrowser() ? new HttpClientHandler() : CreateSockets(options);
        return options.HttpMessageHandlerFactory?.Invoke(handler) ?? handler;
    }

    public abstract void Dispose();

    protected abstract HttpMessageHandler GetHandler();

    [UnsupportedOSPlatform("browser")]
    private static SocketsHttpHandler CreateSockets(HubClientOptions options)
    {
        // A hub may move to another address; connections that live for ever would never learn of it.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false };
        if (options.Proxy is { } proxy)
            handler.Proxy = proxy;

        if (options.ClientCertificates is { } certificates)
            handler.SslOptions.ClientCertificates = certificates;

        options.ConfigureHandler?.Invoke(handler);
        return handler;
    }

    private sealed class Lent(HttpMessageInvoker invoker) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }
}
