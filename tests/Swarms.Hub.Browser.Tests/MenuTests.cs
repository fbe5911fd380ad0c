namespace Swarms.Hub.Browser;

public sealed class MenuTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private ILocator Button => _host.Page.Locator(".header-tools .menu > button");

    private ILocator Exports => _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Exports" });

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        await Button.ClickAsync();
        await Expect(Exports).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Choice_Closes_The_Menu()
    {
        await Exports.ClickAsync();

        await BeClosedAsync();
        await Expect(_host.Page.GetByRole(AriaRole.Dialog, new() { Name = "Exports" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Escape_Closes_The_Menu()
    {
        await _host.Page.Keyboard.PressAsync("Escape");

        await BeClosedAsync();
    }

    [Fact]
    public async Task Click_Elsewhere_Closes_The_Menu()
    {
        await _host.Page.GetByLabel("Task", new() { Exact = true }).ClickAsync();

        await BeClosedAsync();
    }

    [Fact]
    public async Task Its_Button_Closes_The_Menu_And_Opens_It_Again()
    {
        await Button.ClickAsync();
        await BeClosedAsync();

        await Button.ClickAsync();

        await Expect(Exports).ToBeVisibleAsync();
    }

    private Task BeClosedAsync() => Expect(Exports).ToBeHiddenAsync();
}
