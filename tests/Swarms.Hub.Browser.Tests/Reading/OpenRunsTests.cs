namespace Swarms.Hub.Browser;

/// <summary>Many runs: those that go on are in a strip, old ones come as one scrolls back, and what is far away is not there.</summary>
public sealed class OpenRunsTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private IPage Page => _host.Page;

    private ILocator Strip => Page.Locator(".strip li");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;

        await _host.CancelAllAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Strip_Shows_What_Goes_On_Leads_There_And_Cancels()
    {
        for (var i = 0; i < 4; i++)
            await _host.StartSimulationAsync($"Story {i}", chunks: 100_000, chunksPerSecond: 60);
        await Expect(Strip).ToHaveCountAsync(4);
        await _host.Run("Story 3").GrowBeyondAsync(3_000);
        await Expect(Strip.First).ToContainTextAsync("Writing");

        await Strip.First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(_host.Run("Story 0").Card.Locator("header")).ToBeInViewportAsync();
        await Expect(Page.Locator(".runs")).ToHaveAttributeAsync("data-following", "false");
        // Its head stays in view as its text scrolls by.
        await Page.Mouse.MoveAsync(400, 400);
        await Page.Mouse.WheelAsync(0, 300);
        await Expect(_host.Run("Story 0").Card.Locator("header")).ToBeInViewportAsync();
        await _host.ShootAsync("strip");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel Teller" }).First.ClickAsync();
        await Expect(Strip).ToHaveCountAsync(3);
        await Expect(_host.Run("Story 0").Card).ToHaveAttributeAsync("data-state", "cancelled");
        await Expect(_host.Run("Story 0").Card).ToContainTextAsync("Stopped by Ada.");
    }

    [Fact]
    public async Task Collapsed_Run_Stays_Collapsed_While_It_Is_Out_Of_Sight()
    {
        await _host.StartSimulationAsync("Story", chunks: 400, chunksPerSecond: 0);
        await _host.Run("Story").BeInStateAsync("done");
        await _host.Run("Story").Card.GetByRole(AriaRole.Button, new() { Name = "Collapse" }).ClickAsync();
        await Expect(_host.Run("Story").Text).ToHaveCountAsync(0);

        // A card that somebody works in would stay.
        await Page.Locator(".runs").FocusAsync();
        for (var i = 0; i < 12; i++)
            await _host.StartSimulationAsync($"Later {i}", chunks: 300, chunksPerSecond: 0);
        await _host.Run("Later 11").BeInStateAsync("done");
        await Expect(Page.Locator(".run-slot").First.Locator(".run")).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("Home");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Expand" })).ToHaveCountAsync(1);
        // On a slow machine a notice that a run has ended may lie over it.
        await Page.GetByRole(AriaRole.Button, new() { Name = "Expand" }).PressAsync("Enter");
        await Expect(_host.Run("Story").Text).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Runs_Before_The_Snapshot_Come_As_One_Scrolls_Back_And_Few_Are_There_At_Once()
    {
        const int Count = 75;
        for (var i = 0; i < Count; i++)
            await _host.StartTextAsync($"Question {i}.", $"Answer number {i}.\n\n" + string.Concat(Enumerable.Repeat("More words. ", 60)));
        await _host.Run($"Question {Count - 1}.").BeInStateAsync("done");
        await Page.ReloadAsync();
        await _host.BeLiveAsync();
        await Expect(_host.Run($"Question {Count - 1}.").Card).ToBeInViewportAsync();
        Assert.InRange(await Page.Locator(".run-slot").CountAsync(), 50, Count - 1);

        await Page.Mouse.MoveAsync(400, 300);
        var most = 0;
        // The first run may be seen before the list has come to rest at its top.
        for (var i = 0; i < 400 && !(await IsAtTopAsync() && await _host.Run("Question 0.").Card.IsVisibleAsync()); i++)
        {
            await Page.Mouse.WheelAsync(0, -2_000);
            await Page.EvaluateAsync("() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
            most = Math.Max(most, await Page.Locator(".run").CountAsync());
        }

        await Expect(_host.Run("Question 0.").Card).ToBeVisibleAsync();
        await Expect(_host.Run("Question 0.").Text).ToContainTextAsync("Answer number 0.");
        Assert.Equal(Count, await Page.Locator(".run-slot").CountAsync());
        Assert.InRange(most, 1, 40);
    }

    private Task<bool> IsAtTopAsync() => Page.Locator(".runs").EvaluateAsync<bool>("runs => runs.scrollTop === 0");
}
