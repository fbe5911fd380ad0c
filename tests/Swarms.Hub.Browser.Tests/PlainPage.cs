using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Browser;

/// <summary>The page of client-demo/plain-page, served from an origin of its own with the hub's address put in, and open in a browser.</summary>
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
        _server.MapGet("/", async () => Results.Text(
            (await File.ReadAllTextAsync(BuiltHub.PlainPage)).Replace($"\"{HubInFile}/", $"\"{_hub}", StringComparison.Ordinal), "text/html"));
    }

    /// <summary>What the hub must allow.</summary>
    public string Origin => _server.Urls.Single();

    public ILocator Run => _page.Locator("pre");

    public ILocator Status => _page.Locator("p");

    /// <summary>The code that the page's address carries to others.</summary>
    public string Invite => new Uri(_page.Url).Fragment.TrimStart('#');

    /// <summary>Everything that the browser asked for, by server.</summary>
    public IEnumerable<string> Servers => _requests.Select(request => request.Authority).Distinct();

    /// <summary>How often the hub said that its frames continue what the page has.</summary>
    public int TimesResumed => CountFrames("resumed");

    /// <summary>How often the hub replaced what the page has.</summary>
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

    /// <summary>Waits until the run has its ending, and gives its text.</summary>
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
