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
        Assert.True(script.Headers.CacheControl is { Public: true, MaxAge.TotalDays: 365 });
    }

    [Fact]
    public async Task First_Load_Comes_Compressed_And_Is_Under_120_Kilobytes()
    {
        await _hub.StartAsync();
        using var client = _hub.CreateClient();
        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        var total = page.Length;
        foreach (var path in Asset().Matches(page).Select(match => match.Value).Distinct())
        {
            var whole = await client.GetByteArrayAsync(path, TestContext.Current.CancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "gzip, br" } } };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

            total += (int)answer.Content.Headers.ContentLength!.Value;
            // A file that is small enough as it is has no copy.
            if (whole.Length < 1_024)
                continue;

            Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
            Assert.InRange(answer.Content.Headers.ContentLength!.Value, 1, whole.Length / 2);
        }

        Assert.InRange(total, 20_000, 120_000);
    }

    [Fact]
    public async Task Framed_Page_Without_An_Origin_Runs_Its_Script_And_Reaches_No_Network()
    {
        await WriteAsync(
            "index.html",
            """<script src="/page.js"></script><iframe src="/frames/diagram.html" sandbox="allow-scripts"></iframe>""");
        await WriteAsync("page.js", "addEventListener('message', event => (document.title = `${event.origin}: ${event.data}`));");
        await WriteAsync(
            "frames/diagram.html", """<style>p { width: 77px }</style><p id="p"></p><script src="/frames/diagram.js"></script>""");
        await WriteAsync(
            "frames/diagram.js",
            "const width = document.getElementById('p').offsetWidth;"
            + "const tell = network => parent.postMessage(`drawn, ${width}, ${network}`, '*');"
            + "fetch('/healthz', { mode: 'no-cors' }).then(() => tell('reached'), () => tell('refused'));");
        await _hub.StartAsync("--webroot", _elsewhere.FullName);
        var page = await site.OpenPageAsync();

        await page.GotoAsync(_hub.Address.ToString());

        await Assertions.Expect(page).ToHaveTitleAsync("null: drawn, 77, refused");
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

    private Task WriteAsync(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_elsewhere.FullName, path));
        file.Directory!.Create();
        return File.WriteAllTextAsync(file.FullName, text, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("\\./assets/[^\"]+")]
    private static partial Regex Asset();

    [GeneratedRegex("""<script type="module"[^>]* src="(\./assets/[^"]+)">""")]
    private static partial Regex Script();
}
