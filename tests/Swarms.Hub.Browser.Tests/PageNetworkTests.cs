namespace Swarms.Hub.Browser;

/// <summary>
/// The page in a real browser when its network fails and when it is shown again. The timers that would reconnect anyway are disabled,
/// so that only the browser's events can.
/// </summary>
public sealed class PageNetworkTests(HubAndBrowser site) : IAsyncLifetime
{
    private const string Story = "A long story";

    private readonly List<IAsyncDisposable> _things = [];
    private Person _host = null!;
    private CuttableNetwork _network = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _network = Keep(new CuttableNetwork(site.Address));
        _host = Keep(await site.CreatePersonAsync("Ada"));
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
    }

    [Fact]
    public async Task Page_Says_Offline_While_The_Browser_Has_No_Network_And_Is_Live_As_Soon_As_It_Has()
    {
        // Without its timer the wait before the second attempt never ends by itself.
        var viewer = await JoinAsync("Math.random = () => 0.995;", withoutTimersOf: 995);
        await _host.StartSimulationAsync(Story, chunks: 300, chunksPerSecond: 40);
        await viewer.Run(Story).GrowBeyondAsync(50);

        _network.Cut();
        await BeAsync(viewer, "reconnecting", "Reconnecting");
        await viewer.SetOfflineAsync(true);
        await BeAsync(viewer, "offline", "Offline, trying again");
        _network.Mend();
        await viewer.SetOfflineAsync(false);

        // The browser may say that it has a network a moment before it has. The next attempt would come with the timer that is not here.
        for (var i = 0; i < 3 && !await IsSoonLiveAsync(viewer); i++)
        {
            await viewer.SetOfflineAsync(true);
            await viewer.SetOfflineAsync(false);
        }

        await BeAsync(viewer, "live", "Live");
        await viewer.Run(Story).BeInStateAsync("done");
        await viewer.Run(Story).BeVerifiedAsync();
        Assert.Equal(1, viewer.TimesResumed);
    }

    [Fact]
    public async Task Page_On_A_Network_That_Passes_No_WebSockets_Shows_Everything_And_Says_So()
    {
        var network = Keep(new CuttableNetwork(site.Address) { PassesWebSockets = false });
        var (secret, _) = await _host.InviteAsync("Viewer");
        var viewer = Keep(await site.CreatePersonAsync("Linus", network.Address));
        await viewer.JoinByLinkAsync(secret);

        await _host.StartSimulationAsync(Story, chunks: 100, chunksPerSecond: 50);

        await viewer.Run(Story).BeInStateAsync("done");
        await viewer.Run(Story).BeVerifiedAsync();
        await BeAsync(viewer, "live", "Live without WebSockets");
    }

    [Fact]
    public async Task Page_Below_A_Path_Creates_A_Room_And_Opens_It_Again()
    {
        await using var hub = await HubProcess.StartNewAsync("--Server:PathBase=/team/hub");
        var host = Keep(await site.CreatePersonAsync("Ada", new Uri(hub.Address, "team/hub/")));

        await host.CreateRoomOnPageAsync("Chemistry");
        await host.Page.ReloadAsync();

        await BeAsync(host, "live", "Live");
        Assert.StartsWith("/team/hub/rooms/", new Uri(host.Page.Url).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_That_Is_Shown_Again_Replaces_A_Connection_That_Died_While_It_Slept()
    {
        // The heartbeat's deadline is disabled, too.
        var viewer = await JoinAsync("", withoutTimersOf: 30_000);
        await _host.StartSimulationAsync(Story, chunks: 150, chunksPerSecond: 40);
        await viewer.Run(Story).GrowBeyondAsync(50);

        _network.Silence();
        await _host.Run(Story).BeInStateAsync("done");
        Assert.Equal(0, viewer.TimesResumed);
        // Headless Chromium neither hides nor freezes a page, so the test moves the clock and fires the event of a tab that is shown again.
        await viewer.Page.EvaluateAsync(
            "() => { const now = Date.now; Date.now = () => now() + 25_000; document.dispatchEvent(new Event('visibilitychange')); }");

        await viewer.Run(Story).BeInStateAsync("done");
        await viewer.Run(Story).BeVerifiedAsync();
        Assert.Equal(await _host.Run(Story).ReadAsync(), await viewer.Run(Story).ReadAsync());
        Assert.Equal(1, viewer.TimesResumed);
    }

    private static async Task<bool> IsSoonLiveAsync(Person person)
    {
        try
        {
            await Expect(person.Connection).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 5_000 });
            return true;
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }

    private static async Task BeAsync(Person person, string state, string words)
    {
        await Expect(person.Connection).ToHaveAttributeAsync("data-state", state);
        await Expect(person.Connection).ToHaveTextAsync(words);
    }

    private async Task<Person> JoinAsync(string script, int withoutTimersOf)
    {
        var (secret, _) = await _host.InviteAsync("Viewer");
        var person = Keep(await site.CreatePersonAsync("Linus", _network.Address));
        await person.Page.AddInitScriptAsync(
            $"const start = setTimeout; window.setTimeout = (call, ms, ...rest) => ms === {withoutTimersOf} ? 0 : start(call, ms, "
            + $"...rest); {script}");
        await person.JoinByLinkAsync(secret);
        return person;
    }

    private T Keep<T>(T thing) where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }
}
