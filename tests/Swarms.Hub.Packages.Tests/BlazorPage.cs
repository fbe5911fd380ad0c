using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Swarms.Hub.Packages;

/// <summary>A published Blazor program in Chromium, served as files from an origin of its own.</summary>
internal sealed class BlazorPage : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly WebApplication _server;

    private BlazorPage(IPlaywright playwright, IBrowser browser, IPage page, WebApplication server)
    {
        (_playwright, _browser, Page, _server) = (playwright, browser, page, server);
        page.Console += (_, message) => Lines.Enqueue(message.Text);
        page.PageError += (_, error) => Lines.Enqueue(error);
        page.WebSocket += (_, socket) => Sockets.Enqueue(new Uri(socket.Url));
    }

    public IPage Page { get; }

    /// <summary>The origin that the hub must allow.</summary>
    public string Origin => _server.Urls.Single();

    /// <summary>The lines of the browser's console.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>The WebSockets that it opened.</summary>
    public ConcurrentQueue<Uri> Sockets { get; } = [];

    public static async Task<BlazorPage> ServeAsync(string files)
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? Places.FirstOrDefault(File.Exists);
        Assert.True(chromium is not null, "There is no Chromium: install it, or set CHROMIUM_PATH.");
        var server = Serve(files);
        await server.StartAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] });
        return new BlazorPage(playwright, browser, await browser.NewPageAsync(), server);
    }

    public Task OpenAsync(Uri hub, string invite) =>
        Page.GotoAsync($"{Origin}/?hub={Uri.EscapeDataString(hub.ToString())}&invite={Uri.EscapeDataString(invite)}");

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _server.DisposeAsync();
    }

    private static WebApplication Serve(string files)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".dat"] = "application/octet-stream";
        var provider = new PhysicalFileProvider(files);
        server.UseDefaultFiles(new DefaultFilesOptions { FileProvider = provider });
        server.UseStaticFiles(new StaticFileOptions { FileProvider = provider, ContentTypeProvider = types });
        return server;
    }
}
