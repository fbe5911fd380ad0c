namespace Swarms.Hub.Browser;

/// <summary>Cards, clocks and presence stand still while the connection is lost. Later the page tells what was missed.</summary>
public sealed class ConnectionTruthTests(HubAndBrowser site) : IAsyncLifetime
{
    private const string Story = "A long story";

    private CuttableNetwork _network = null!;
    private Person _host = null!;
    private Person _viewer = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _network = new CuttableNetwork(site.Address);
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await _host.InviteAsync("Viewer");
        _viewer = await site.CreatePersonAsync("Linus", _network.Address);
        await _viewer.JoinByLinkAsync(secret);
        await _host.StartSimulationAsync(Story, chunks: 100_000, chunksPerSecond: 20);
        await _viewer.Run(Story).GrowBeyondAsync(50);
    }

    public async ValueTask DisposeAsync()
    {
        if (_viewer is not null)
            await _viewer.DisposeAsync();
        if (_host is not null)
        {
            await _host.CancelAllAsync();
            await _host.DisposeAsync();
        }

        if (_network is not null)
            await _network.DisposeAsync();
    }

    [Theory]
    [InlineData("offline")]
    [InlineData("silence")]
    [InlineData("cut")]
    public async Task Cards_Clocks_And_Presence_Stand_Still_While_The_Connection_Is_Lost(string how)
    {
        var card = _viewer.Run(Story).Card;
        if (how == "offline")
            await _viewer.SetOfflineAsync(true);
        else if (how == "silence")
            _network.Swallow();
        else
            _network.Cut();

        await Expect(_viewer.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        await Expect(card.Locator(".state")).ToHaveTextAsync("Connection lost");
        await Expect(card).ToContainTextAsync("The last word came");
        await Expect(_viewer.Page.Locator(".people header small")).ToHaveTextAsync("connection lost");
        var clock = await card.Locator("footer span").First.TextContentAsync();
        await _host.Run(Story).GrowBeyondAsync((await _host.Run(Story).ReadAsync()).Length + 300);
        Assert.Equal(clock, await card.Locator("footer span").First.TextContentAsync());
        await _viewer.ShootAsync($"lost-{how}");
    }

    [Fact]
    public async Task What_Was_Missed_Is_Said_And_Leads_There()
    {
        _network.Cut();
        await Expect(_viewer.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        await _host.StartTextAsync("Missed one", "Seven words that nobody else has seen.");
        await _host.Run("Missed one").BeInStateAsync("done");
        await _host.SayAsync("Hello?");
        await _host.SayAsync("Is anybody there?");
        await _host.Run(Story).GrowBeyondAsync((await _host.Run(Story).ReadAsync()).Length + 300);
        _network.Mend();

        await _viewer.BeLiveAsync();
        var notice = _viewer.Page.Locator(".missed");
        await Expect(notice).ToContainTextAsync("1 new run");
        await Expect(notice).ToContainTextAsync("2 messages");
        await Expect(notice).ToContainTextAsync("words");
        await _viewer.ShootAsync("missed");

        await notice.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(notice).ToHaveCountAsync(0);
        await Expect(_viewer.Run(Story).Card.Locator("header").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Nothing_Is_Said_Where_Nothing_Was_Missed()
    {
        var id = await _host.Run(Story).Card.GetAttributeAsync("data-run");
        await _host.CancelAsync(id!);
        await _viewer.Run(Story).BeInStateAsync("cancelled");
        _network.Cut();
        await Expect(_viewer.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        _network.Mend();

        await _viewer.BeLiveAsync();
        await _host.SayAsync("Welcome back");
        await Expect(_viewer.Page.GetByText("Welcome back")).ToBeVisibleAsync();
        await Expect(_viewer.Page.Locator(".missed")).ToHaveCountAsync(0);
    }
}
