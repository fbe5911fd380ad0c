
[assembly: AssemblyFixture(typeof(Swarms.Hub.Browser.HubAndBrowser))]

namespace Swarms.Hub.Browser;

/// <summary>One started hub and one browser for all tests. Each person has an own browser context, and so own cookies.</summary>
public sealed class HubAndBrowser : IAsyncLifetime
{
    // The headless shell is the same engine without the windows' part, and takes less than half of the cores for a page.
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HubProcess? _hub;
    private string? _missing;

    internal Uri Address => _hub!.Address;

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? Places.FirstOrDefault(File.Exists);
        _missing = chromium is null || !File.Exists(chromium) ? "There is no Chromium: install it, or set CHROMIUM_PATH."
            : !BuiltHub.HasPage ? "The web page was not built: install Node 20 or later and build again."
            : null;
        if (_missing is not null)
        {
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                throw new InvalidOperationException(_missing);
            return;
        }

        // A page that lost its network waits up to five seconds between two attempts, and this machine may be busy.
        SetDefaultExpectTimeout(30_000);
        _hub = await HubProcess.StartNewAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    internal void SkipWhereSomethingIsMissing() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    /// <summary>Opens an empty page in its own browser context.</summary>
    internal Task<IPage> OpenPageAsync(ViewportSize? viewport = null) =>
        OpenPageAsync(new BrowserNewContextOptions { ViewportSize = viewport });

    private async Task<IPage> OpenPageAsync(BrowserNewContextOptions options)
    {
        options.ViewportSize ??= new() { Width = 1280, Height = 860 };
        var context = await _browser!.NewContextAsync(options);
        return await context.NewPageAsync();
    }

    /// <summary>Creates a person at a browser who reaches the hub at the address.</summary>
    internal async Task<Person> CreatePersonAsync(string name, Uri? address = null, ViewportSize? viewport = null)
    {
        var page = await OpenPageAsync(viewport);
        return new Person(name, address ?? Address, page.Context, page);
    }

    /// <summary>Creates a person whose browser has another language, theme, size or kind of pointer.</summary>
    internal async Task<Person> CreatePersonAsync(string name, BrowserNewContextOptions options, Uri? address = null)
    {
        var page = await OpenPageAsync(options);
        return new Person(name, address ?? Address, page.Context, page);
    }
}
