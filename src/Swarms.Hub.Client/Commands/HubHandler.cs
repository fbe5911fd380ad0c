namespace Swarms.Hub.Client;

/// <summary>The one handler that carries calls and WebSockets, so that proxy, certificates and names are the same for both.</summary>
internal sealed class HubHandler : IDisposable
{
    private readonly SocketsHttpHandler _handler;

    public HubHandler(HubClientOptions options)
    {
        // A hub may move to another address; connections that live for ever would never learn of it.
        _handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false };
        if (options.Proxy is { } proxy)
            _handler.Proxy = proxy;

        if (options.ClientCertificates is { } certificates)
            _handler.SslOptions.ClientCertificates = certificates;

        options.ConfigureHandler?.Invoke(_handler);
        Http = new HttpClient(_handler, disposeHandler: false);
        Invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
    }

    /// <summary>For calls.</summary>
    public HttpClient Http { get; }

    /// <summary>For WebSockets.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>For a connection that would dispose of its handler.</summary>
    public HttpMessageHandler Lend() => new Lent(Invoker);

    /// <summary>The proxy on the way to an address; null where there is none.</summary>
    public Uri? FindProxy(Uri address)
    {
        var proxy = _handler.UseProxy ? _handler.Proxy ?? HttpClient.DefaultProxy : null;
        return proxy is null || proxy.IsBypassed(address) ? null : proxy.GetProxy(address);
    }

    public void Dispose()
    {
        Http.Dispose();
        Invoker.Dispose();
        _handler.Dispose();
    }

    private sealed class Lent(HttpMessageInvoker invoker) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }
}
