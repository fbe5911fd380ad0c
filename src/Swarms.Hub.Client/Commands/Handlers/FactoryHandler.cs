namespace Swarms.Hub.Client;

/// <summary>
/// The handlers of a named client of <see cref="IHttpClientFactory"/>, which replaces them from time to time: each call and each connection
/// asks for the current one. They outlive the client, because the factory owns them.
/// </summary>
internal sealed class FactoryHandler(IHttpClientFactory calls, IHttpMessageHandlerFactory connections, string name) : HubHandler
{
    public override HttpClient GetHttp() => calls.CreateClient(name);

    public override void Dispose()
    {
    }

    protected override HttpMessageHandler GetHandler() => connections.CreateHandler(name);
}
