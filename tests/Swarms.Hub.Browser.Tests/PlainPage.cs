using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Browser;

/// <summary>The page of client-demo/plain-page in a browser, served from its own origin with the hub's address filled in.</summary>
internal sealed class PlainPage : IAsyncDisposable
{
    private const string HubInFile = "http://localhost:5080";

    private readonly IPage _page;
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _frames = new();
    private readonly ConcurrentQueue<Uri> _requests = new();
    private Uri? _hub;

    private PlainPage(IPage page)
    {
        _page = page;
        _page.Request += (_, request) => _requests.Enqueue(new Uri(request.Url));
        _page.WebSocket += (_, socket) =>
        {
            _requests.Enqueue(new Uri(socket.Url));
            socket.FrameReceived += (_, frame) => _frames.Enqueue(frame.Text ?? "");
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapGet("/", async () =>
        {
            var page = await File.ReadAllTextAsync(BuiltHub.PlainPage);
            return Results.Text(page.Replace($"\"{HubInFile}/", $"\"{_hub}", StringComparison.Ordinal), "text/html");
        });
    }

    /// <summary>The origin that the hub must allow.</summary>
    public string Origin => _server.Urls.Single();

    public ILocator Run => _page.Locator("pre");

    public ILocator Status => _page.Locator("p");

    /// <summary>The invite code in the page's address.</summary>
    public string Invite => new Uri(_page.Url).Fragment.TrimStart('#');

    /// <summary>Every request of the browser, by server.</summary>
    public IEnumerable<string> Servers => _requests.Select(request => request.Authority).Distinct();

    /// <summary>The number of times that the hub resumed the page's feed.</summary>
    public int TimesResumed => CountFrames("resumed");

    /// <summary>The number of snapshots that the hub sent to the page.</summary>
    public int TimesReplaced => CountFrames("snapshot");

    public static async Task<PlainPage> ServeAsync(IPage page)
    {
        var served = new PlainPage(page);
        await served._server.StartAsync();
        return served;
    }

    public async Task OpenAsync(Uri hub, string invite = "")
    {
        _hub = hub;
        await _page.GotoAsync($"{Origin}/{(invite.Length > 0 ? "#" : "")}{invite}");
    }

    /// <summary>Starts a run as people do, once the page is in its room.</summary>
    public Task StartRunAsync() => _page.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();

    /// <summary>Waits until the run has its ending, and returns its text.</summary>
    public async Task<string?> ReadEndedRunAsync(string ending)
    {
        await Expect(Run).ToHaveAttributeAsync("data-state", ending);
        return await Run.TextContentAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.DisposeAsync();
        await _server.DisposeAsync();
    }

    private int CountFrames(string kind) => _frames.Count(frame => frame.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal));
}
