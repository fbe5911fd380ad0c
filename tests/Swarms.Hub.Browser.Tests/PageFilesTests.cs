using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

public sealed partial class PageFilesTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("swarms-hub-test-");
    private HubProcess _hub = null!;

    public ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _hub = new HubProcess { StartFolder = _elsewhere.FullName };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
            await _hub.DisposeAsync();
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task Hub_That_Was_Started_From_Another_Folder_Serves_Its_Page()
    {
        await _hub.StartAsync();
        using var client = _hub.CreateClient();

        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        using var script = await client.GetAsync(Script().Match(page).Groups[1].Value, TestContext.Current.CancellationToken);

        script.EnsureSuccessStatusCode();
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Configured_Web_Root_Is_Served_In_Place_Of_The_Hubs_Own_Page()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_elsewhere.FullName, "index.html"), "Another page", TestContext.Current.CancellationToken);
        await _hub.StartAsync("--webroot", _elsewhere.FullName);
        using var client = _hub.CreateClient();

        Assert.Equal("Another page", await client.GetStringAsync("/", TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("""<script type="module"[^>]* src="(/assets/[^"]+)">""")]
    private static partial Regex Script();
}
