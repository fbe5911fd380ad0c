namespace Swarms.Hub.Browser;

/// <summary>From the address to a class that watches: a name, a press, and a code on the wall.</summary>
public sealed class FirstMinuteTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private Person _host = null!;

    private IPage Page => _host.Page;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await PersonAsync("Ada", 1280, 800);
        await Page.GotoAsync(site.Address.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Enumerable.Reverse(_people))
            await person.DisposeAsync();
    }

    [Fact]
    public async Task Name_Makes_A_Room_One_Press_Starts_An_Agent_And_A_Phone_Joins_By_The_Code_On_The_Wall()
    {
        await Page.Locator("form", new() { HasText = "Create room" }).GetByLabel("Your name").FillAsync("Ada");
        await Page.Keyboard.PressAsync("Enter");
        await _host.BeLiveAsync();
        await Expect(Page.Locator("h1")).ToHaveTextAsync("Room of Ada");
        var starters = Page.GetByRole(AriaRole.Region, new() { Name = "Guide answers" }).GetByRole(AriaRole.Button);
        await Expect(starters).ToHaveCountAsync(3);
        await ShootAsync("first-minute");

        await starters.First.ClickAsync();
        await _host.Run("a robot that learns to paint").BeInStateAsync("done");
        await Expect(starters).ToHaveCountAsync(0);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create invite" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show large" }).ClickAsync();
        var wall = Page.GetByRole(AriaRole.Dialog, new() { Name = "Room of Ada" });
        var code = wall.Locator(".wall-code");
        Assert.True(await code.EvaluateAsync<double>("code => parseFloat(getComputedStyle(code).fontSize)") >= 60);
        Assert.True(await wall.EvaluateAsync<bool>("wall => wall.scrollWidth <= wall.clientWidth"));
        Assert.True((await wall.Locator(".qr").BoundingBoxAsync())!.Width >= 400);
        await ShootAsync("invite-wall");
        var text = await code.TextContentAsync();
        await wall.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("p");
        await Expect(Page.Locator(".join-corner")).ToContainTextAsync(text!);
        await ShootAsync("presentation-corner");

        var pupil = await PersonAsync("Grace", 360, 740);
        await pupil.Page.GotoAsync(new Uri(site.Address, "join").ToString());
        await pupil.Page.GetByLabel("Code or link").FillAsync(text!);
        await pupil.Page.GetByLabel("Your name").FillAsync("Grace");
        await pupil.Page.Keyboard.PressAsync("Enter");
        await pupil.BeLiveAsync();
        await pupil.ShootAsync("phone-joined");
        _host.HasNoComplaints();
        pupil.HasNoComplaints();
    }

    [Fact]
    public async Task Simulator_Says_How_A_Real_Model_Is_Connected()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Simulator: no real model answers" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Connect a real model" });
        await Expect(dialog.GetByRole(AriaRole.Textbox, new() { Name = "SWARMS_API_KEY" })).ToHaveValueAsync("SWARMS_API_KEY=YOUR-KEY");

        await dialog.GetByRole(AriaRole.Tab, new() { Name = "Swarms API" }).FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(dialog.GetByRole(AriaRole.Textbox, new() { Name = "Upstream__ApiKey" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("ArrowRight");

        await Expect(dialog.GetByRole(AriaRole.Textbox, new() { Name = "Upstream__Kind" })).ToHaveValueAsync("Upstream__Kind=ollama");
        await ShootAsync("connect");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Simulator: no real model answers" })).ToBeFocusedAsync();
        _host.HasNoComplaints();
    }

    // In both themes, with a look at what axe finds.
    private async Task ShootAsync(string name)
    {
        await _host.ShootAsync(name);
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await _host.ShootAsync($"{name}-dark");
        Assert.Empty(await _host.FindViolationsAsync());
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task<Person> PersonAsync(string name, int width, int height)
    {
        var person = await site.CreatePersonAsync(name, viewport: new() { Width = width, Height = height });
        _people.Add(person);
        return person;
    }
}
