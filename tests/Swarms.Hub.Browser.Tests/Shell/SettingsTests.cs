namespace Swarms.Hub.Browser;

public sealed class SettingsTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _person = null!;

    private IPage Page => _person.Page;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _person = await site.CreatePersonAsync("Ada", new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        await Page.GotoAsync(site.Address.ToString());
        await Page.GetByRole(AriaRole.Button, new() { Name = "Settings", Exact = true }).ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_person is not null)
            await _person.DisposeAsync();
    }

    [Fact]
    public async Task Chosen_Theme_Is_Painted_Before_The_Pages_Code_Has_Come()
    {
        await Page.GetByLabel("Dark").CheckAsync();
        var dark = await PaperAsync();
        await _person.ShootAsync("settings-dark");

        // The page's own code never comes, so what is painted is what a slow network would paint first.
        await Page.RouteAsync("**/assets/*.js", route => route.AbortAsync());
        await Page.ReloadAsync();

        Assert.Equal(dark, await PaperAsync());
        Assert.NotEqual("rgb(246, 247, 245)", dark);
    }

    [Fact]
    public async Task Theme_Of_The_System_Is_Followed_Until_Another_Is_Chosen()
    {
        var light = await PaperAsync();
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.NotEqual(light, await PaperAsync());

        await Page.GetByLabel("Light").CheckAsync();
        Assert.Equal(light, await PaperAsync());

        await Page.GetByLabel("As the system").CheckAsync();
        Assert.NotEqual(light, await PaperAsync());
    }

    [Fact]
    public async Task Chosen_Text_Size_Is_The_Pages_And_Stays()
    {
        await Page.GetByLabel("Text size").FocusAsync();
        for (var step = 0; step < 10; step++)
            await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Page.GetByText("Text size: 200 %")).ToBeVisibleAsync();
        Assert.Equal("32px", await Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).fontSize"));

        await Page.ReloadAsync();

        Assert.Equal("32px", await Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).fontSize"));
        await _person.ShootAsync("home-200");
    }

    [Fact]
    public async Task Other_Tabs_Follow()
    {
        var other = await Page.Context.NewPageAsync();
        await other.GotoAsync(site.Address.ToString());

        await Page.GetByLabel("Dark").CheckAsync();

        await Expect(other.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task Focus_Returns_To_What_Opened_The_Dialog()
    {
        // Its code is loaded when it is first wanted.
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Settings", Exact = true })).ToBeFocusedAsync();
    }

    private Task<string> PaperAsync() => Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
