namespace Swarms.Hub.Browser;

/// <summary>The hub dies in mid-run and comes back.</summary>
public sealed class KilledHubTests(HubAndBrowser site)
{
    [Fact]
    public async Task Page_Says_That_The_Hub_Is_Gone_And_Then_Until_When_The_Run_Wrote()
    {
        site.SkipWhereSomethingIsMissing();
        await using var hub = await HubProcess.StartNewAsync();
        await using var host = await site.CreatePersonAsync("Ada", hub.Address);
        await host.CreateRoomAsync("Biology, Tuesday");
        await host.StartSimulationAsync("A long story", chunks: 100_000, chunksPerSecond: 40);
        var run = host.Run("A long story");
        await run.GrowBeyondAsync(200);

        await hub.KillAsync();
        await Expect(host.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        await Expect(run.Card.Locator(".state")).ToHaveTextAsync("Connection lost");
        var shown = await run.ReadAllAsync();
        await host.ShootAsync("hub-killed");

        await hub.StartAsync();
        await host.BeLiveAsync();
        await run.BeInStateAsync("interrupted");
        await Expect(run.Card).ToContainTextAsync("The hub stopped during this run. What was written until");
        // The text that was seen is stored: it was committed before.
        Assert.StartsWith(shown, await run.ReadAsync(), StringComparison.Ordinal);
        await host.ShootAsync("hub-back");
    }
}
