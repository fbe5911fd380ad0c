using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Browser;

/// <summary>A page of another origin than the hub's, in a browser, with a body that the test gives.</summary>
internal sealed class ForeignPage : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<IRequest> _requests = new();
    private string _body = "";

    private ForeignPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => _requests.Enqueue(request);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapGet("/", () => Results.Text(
            $"""
            <!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,"><main><h1>A blog</h1>{_body}</main>
            <script>
              errors = [];
              addEventListener('swarms-error', event => errors.push(event.detail.code));
            </script>
            """,
            "text/html; charset=utf-8"));
    }

    public IPage Page { get; }

    public string Origin => _server.Urls.Single();

    /// <summary>The servers that the browser called, but for the page's own.</summary>
    public IEnumerable<string> OtherServers => _requests.Select(request => new Uri(request.Url))
        .Where(request => request.Scheme != "data" && request.Authority != new Uri(Origin).Authority)
        .Select(request => request.Authority).Distinct();

    public static async Task<ForeignPage> OpenAsync(IPage page, string body)
    {
        var foreign = new ForeignPage(page) { _body = body };
        await foreign._server.StartAsync();
        await page.GotoAsync(foreign.Origin);
        return foreign;
    }

    public Task<string[]> ErrorsAsync() => Page.EvaluateAsync<string[]>("() => errors");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        await _server.DisposeAsync();
    }
}
