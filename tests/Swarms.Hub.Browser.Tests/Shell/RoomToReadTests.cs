namespace Swarms.Hub.Browser;

/// <summary>Half of the window at least is for reading, whatever the window and whatever is open around the runs.</summary>
public sealed class RoomToReadTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private IPage Page => _host.Page;

    public static TheoryData<string, int, int> Windows => new()
    {
        { "desktop", 1280, 800 },
        { "phone", 390, 844 },
        { "phone-keyboard", 390, 480 },
        { "phone-on-its-side", 844, 390 },
        { "zoom-200", 640, 400 },
        { "zoom-400", 320, 256 },
        { "projector", 1920, 1080 },
    };

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday, third and fourth hour, with the class from Vienna that visits us");
        await _host.StartSimulationAsync("A short story", chunks: 40, chunksPerSecond: 0);
        await _host.Run("A short story").BeInStateAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Runs_Have_Half_Of_The_Window(string name, int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        await HasHalfAsync(name);

        await Page.GetByLabel("Task", new() { Exact = true }).ClickAsync();
        await HasHalfAsync($"{name}-writing");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Start run" })).ToBeInViewportAsync(new() { Ratio = 1 });

        await Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await Expect(Page.GetByLabel("Model")).ToBeVisibleAsync();
        await HasHalfAsync($"{name}-more");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Header_Is_One_Row_And_Nothing_Sticks_Out(string name, int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);

        Assert.InRange(await Page.Locator(".room-header").EvaluateAsync<double>("header => header.offsetHeight"), 30, 64);
        await Page.Locator(".header-tools .menu > button").ClickAsync();
        // A menu that is longer than a small window scrolls.
        var settings = Page.GetByRole(AriaRole.Menuitem, new() { Name = "Settings", Exact = true });
        await settings.ScrollIntoViewIfNeededAsync();
        await Expect(settings).ToBeInViewportAsync();
        Assert.Equal("", await Page.EvaluateAsync<string>(
            """
            () => [...document.querySelectorAll('.room *')]
              .filter(e => e.checkVisibility() && !e.closest('.sr-only, .skip-links, .name'))
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
              .map(e => e.outerHTML.slice(0, 60)).join()
            """));
        await _host.ShootAsync($"menu-{name}");
    }

    [Fact]
    public async Task Composer_Is_One_Line_Until_It_Is_Touched_And_Again_Afterwards()
    {
        var composer = Page.Locator(".composer");
        var before = await composer.EvaluateAsync<double>("form => form.offsetHeight");
        Assert.InRange(before, 30, 64);

        await Page.GetByLabel("Task", new() { Exact = true }).ClickAsync();
        Assert.True(await composer.EvaluateAsync<double>("form => form.offsetHeight") > before);

        await Page.Locator(".room-header h1").ClickAsync();
        Assert.Equal(before, await composer.EvaluateAsync<double>("form => form.offsetHeight"));
    }

    [Fact]
    public async Task Fields_Have_At_Least_16_Pixels_Where_A_Finger_Types()
    {
        await using var phone = await site.CreatePersonAsync(
            "Ben", new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        await phone.CreateRoomAsync("Chemistry");
        await phone.Page.GetByLabel("Task", new() { Exact = true }).TapAsync();
        await phone.Page.GetByText("More", new() { Exact = true }).TapAsync();

        Assert.True(await phone.Page.EvaluateAsync<double>(
            """
            () => Math.min(...[...document.querySelectorAll('input, textarea, select')].map(e => parseFloat(getComputedStyle(e).fontSize)))
            """) >= 16);
        Assert.Contains("interactive-widget=resizes-content", await phone.Page.Locator("meta[name=viewport]").GetAttributeAsync("content"));
        await phone.ShootAsync("phone-touched");
    }

    private async Task HasHalfAsync(string name)
    {
        Assert.True(
            await Page.Locator(".runs").EvaluateAsync<double>("runs => runs.getBoundingClientRect().height / innerHeight") >= 0.5, name);
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), name);
        await _host.ShootAsync($"room-{name}");
    }
}
