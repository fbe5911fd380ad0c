namespace Swarms.Hub.Browser;

public sealed class AnnouncementsTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private ILocator Announcements => _host.Page.Locator(".room > [role=status]");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Screen_Readers_Are_Told_That_A_Run_Started_And_How_It_Ended()
    {
        await _host.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        await Expect(Announcements).ToHaveTextAsync("Teller: started.");

        await _host.Run("An endless story").CancelAsync();

        await Expect(Announcements).ToHaveTextAsync("Teller: Cancelled.");
    }

    [Fact]
    public async Task Runs_That_Were_There_Before_Are_Not_Announced()
    {
        await _host.StartSimulationAsync("A short story", chunks: 40, chunksPerSecond: 0);
        await _host.Run("A short story").BeInStateAsync("done");

        await _host.Page.ReloadAsync();

        await _host.Run("A short story").BeVerifiedAsync();
        await Expect(Announcements).ToHaveTextAsync("");
    }
}
