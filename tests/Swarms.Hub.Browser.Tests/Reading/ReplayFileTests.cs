using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Browser;

/// <summary>A replay as a reader has it: a file on a disk, opened in a browser without a hub.</summary>
public sealed class ReplayFileTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-replay-");
    private readonly List<string> _complaints = [];
    private readonly List<string> _asked = [];
    private List<RoomEvent> _events = [];
    private Run _run = null!;
    private IPage _page = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private long Length => (long)(_events[^1].At - _events[0].At).TotalMilliseconds;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        var file = await MakeAsync();
        _page = await site.OpenPageAsync();
        _page.Dialog += (_, dialog) => _complaints.Add(dialog.Message);
        _page.Console += (_, message) => _complaints.Add(message.Text);
        _page.PageError += (_, error) => _complaints.Add(error);
        _page.Request += (_, request) => _asked.Add(request.Url);
        // The test moves the page's time, so its pace is measured and not hoped for.
        await _page.Clock.InstallAsync();
        await _page.GotoAsync(new Uri(file).AbsoluteUri);
        await _page.Clock.PauseAtAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
            await _page.Context.CloseAsync();

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Room_Is_Played_From_A_Disk_At_True_Pace_And_Nothing_Else_Is_Loaded_Or_Run()
    {
        await Expect(_page.Locator("#place")).ToHaveAttributeAsync("max", Length.ToString(CultureInfo.InvariantCulture));
        await Expect(_page.Locator("article")).ToHaveCountAsync(0);
        var half = Length / 2;

        await _page.Locator("#play").ClickAsync();
        await _page.Clock.RunForAsync(half);

        // A frame comes each 16 ms.
        Assert.InRange(await PlaceAsync(), half - 40, half);
        Assert.StartsWith(await TextAsync(), _run.Text, StringComparison.Ordinal);
        Assert.NotEqual(_run.Text, await TextAsync());

        await _page.Locator("#speed").SelectOptionAsync("16");
        await _page.Clock.RunForAsync((Length - half) / 16 + 100);

        Assert.Equal(Length, await PlaceAsync());
        Assert.Equal(_run.Text, await TextAsync());
        await Expect(_page.Locator("#play")).ToHaveTextAsync("Play");
        await Expect(_page.Locator(".run .state")).ToHaveTextAsync("Finished");
        await Expect(_page.Locator("#people")).ToHaveTextAsync("Host");
        Assert.Equal(_events.Count(said => said.Type == EventTypes.Message), await _page.Locator(".message").CountAsync());
        Assert.Empty(_complaints);
        Assert.All(_asked, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Player_Goes_Back_And_Forth_And_Rests()
    {
        await SeekAsync(Length);
        Assert.Equal(_run.Text, await TextAsync());

        await SeekAsync(0);
        await Expect(_page.Locator("article")).ToHaveCountAsync(0);

        await _page.Locator("#speed").SelectOptionAsync("0.5");
        await _page.Locator("#play").ClickAsync();
        await _page.Clock.RunForAsync(400);
        await _page.Locator("#play").ClickAsync();
        var rested = await PlaceAsync();
        Assert.InRange(rested, 150, 200);
        await _page.Clock.RunForAsync(1000);
        Assert.Equal(rested, await PlaceAsync());
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Hostile_Texts_Are_Texts()
    {
        await SeekAsync(Length);

        Assert.Equal(
            _events.Where(said => said.Type == EventTypes.Message).Select(said => said.Data.GetProperty("text").GetString()),
            await _page.Locator(".message .text").EvaluateAllAsync<string[]>("all => all.map(text => text.textContent)"));
        Assert.Equal(0, await _page.Locator("main img, main svg, main script, main iframe, main a, main form").CountAsync());
        Assert.Empty(_complaints);
        Assert.All(_asked, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
    }

    private async Task<string> MakeAsync()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        using var host = hub.CreateClient(room.Token);
        var path = $"api/rooms/{room.Room.Id}";
        string[] hostile = ["</script><script>alert(1)</script>", "<!--<script>", "<img src=x onerror=alert(1)>", "]]></style>&lt;b&gt;"];
        foreach (var text in hostile)
            (await host.PostAsJsonAsync($"{path}/messages", new { text }, CancellationToken)).EnsureSuccessStatusCode();

        var request = new
        {
            agent_config = new { agent_name = "</script>Writer" },
            task = "<script>alert(1)</script>",
            simulation = new { chunks = 30, chunksPerSecond = 20 },
        };
        using var started = await host.PostAsJsonAsync($"{path}/runs", new { request }, CancellationToken);
        var answer = await started.Content.ReadFromJsonAsync<JsonElement>(CancellationToken);
        var run = answer.GetProperty("run").GetProperty("id").GetString()!;
        await using (var viewer = await TestViewer.JoinAsync(hub.Address, room))
            await viewer.EndOfAsync(run);

        _run = (await host.GetFromJsonAsync<Run>($"{path}/runs/{run}", ProtocolJson.Options, CancellationToken))!;
        var page = await host.GetFromJsonAsync<EventPage>($"{path}/events?limit=1000", ProtocolJson.Options, CancellationToken);
        _events = [.. page!.Events];
        var file = Path.Combine(_folder.FullName, "replay.html");
        await File.WriteAllBytesAsync(
            file, await host.GetByteArrayAsync($"{path}/transcript?format=replay&zone=Asia/Tokyo", CancellationToken), CancellationToken);
        return file;
    }

    private async Task<long> PlaceAsync() => long.Parse(await _page.Locator("#place").InputValueAsync(), CultureInfo.InvariantCulture);

    private Task SeekAsync(long place) => _page.Locator("#place").FillAsync(place.ToString(CultureInfo.InvariantCulture));

    private async Task<string> TextAsync() =>
        string.Concat(await _page.Locator(".run .text:not(.task)").EvaluateAllAsync<string[]>("all => all.map(text => text.textContent)"));
}
