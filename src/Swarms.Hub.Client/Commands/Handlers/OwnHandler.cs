namespace Swarms.Hub.Client;

/// <summary>The one handler of a client that was made with its options alone. It ends with the client.</summary>
internal sealed class OwnHandler : HubHandler
{
    private readonly HttpMessageHandler _handler;
    private readonly HttpClient _http;

    public OwnHandler(HubClientOptions options)
    {
        _handler = Create(options);
        _http = new HttpClient(_handler, disposeHandler: false);
    }

    public override HttpClient GetHttp() => _http;

    public override void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    protected override HttpMessageHandler GetHandler() => _handler;
}
