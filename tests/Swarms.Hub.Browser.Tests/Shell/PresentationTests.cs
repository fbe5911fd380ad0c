namespace Swarms.Hub.Browser;

public sealed class PresentationTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private IPage Page => _host.Page;

    private ILocator Run => _host.Run("A short story").Card;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada", viewport: new() { Width = 1920, Height = 1080 });
        await _host.CreateRoomAsync("Biology, Tuesday");
        await _host.StartSimulationAsync("A short story", chunks: 40, chunksPerSecond: 0);
        await _host.Run("A short story").BeInStateAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Only_The_Runs_Are_Shown_In_Large_Type_And_The_Whole_Width()
    {
        await Page.Locator(".header-tools .menu > button").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Presentation mode" }).ClickAsync();

        await Expect(Page.Locator(".room-header")).ToBeHiddenAsync();
        await Expect(Page.Locator(".side")).ToBeHiddenAsync();
        await Expect(Page.Locator(".composer")).ToBeHiddenAsync();
        await Expect(Run).ToBeVisibleAsync();
        Assert.True(await Run.EvaluateAsync<double>("run => run.offsetWidth / innerWidth") > 0.9);
        Assert.True(await Run.EvaluateAsync<double>("run => parseFloat(getComputedStyle(run).fontSize)") >= 28);
        await _host.ShootAsync("presentation");
        _host.HasNoComplaints();
    }

    [Theory]
    [InlineData(2560, 1440, 16, 44)]
    [InlineData(3440, 1440, 16, 60)]
    [InlineData(3840, 2160, 24, 67)]
    public async Task Large_Screens_Have_Larger_Type_On_The_Page_And_On_The_Wall(int width, int height, int page, int wall)
    {
        const string Size = "run => parseFloat(getComputedStyle(run).fontSize)";
        await Page.SetViewportSizeAsync(width, height);
        await _host.SetAgentAsync("hare", "Hare");
        await _host.SayAsync("Look at the wall, everybody.");
        await _host.StartTextAsync("A long story", string.Concat(Enumerable.Repeat("Leaves drift slowly to the ground. ", 60)));
        await _host.Run("A long story").BeInStateAsync("done");
        Assert.Equal(page, await Run.EvaluateAsync<double>(Size), 1.0);
        // A line is as long as one reads well, however wide the window is.
        Assert.True(await Run.EvaluateAsync<double>("run => run.offsetWidth / parseFloat(getComputedStyle(run).fontSize)") <= 61);
        Assert.Empty(await _host.FindSidewaysAsync());
        await _host.ShootAsync($"large-{width}");

        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("p");
        await Page.Locator(".join-corner").ClickAsync();
        await Expect(Page.Locator(".join-corner strong")).ToBeVisibleAsync();
        Assert.Equal(wall, await Run.EvaluateAsync<double>(Size), 1.0);
        Assert.Empty(await _host.FindSidewaysAsync());
        await _host.ShootAsync($"large-wall-{width}");
        await Page.Locator(".join-corner").ClickAsync();
        await Page.Locator(".invite-wall").WaitForAsync();
        await _host.ShootAsync($"large-invite-{width}");
    }

    [Theory]
    [InlineData("key")]
    [InlineData("button")]
    public async Task One_Key_Or_One_Button_Leaves_It(string how)
    {
        await Page.Keyboard.PressAsync("p");
        await Expect(Page.Locator(".room-header")).ToBeHiddenAsync();

        if (how == "key")
            await Page.Keyboard.PressAsync("Escape");
        else
            await Page.GetByRole(AriaRole.Button, new() { Name = "Leave presentation" }).ClickAsync();

        await Expect(Page.Locator(".room-header")).ToBeVisibleAsync();
        await Expect(Page.Locator(".composer")).ToBeVisibleAsync();
    }
}
