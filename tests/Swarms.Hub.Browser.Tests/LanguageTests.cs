namespace Swarms.Hub.Browser;

public sealed class LanguageTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _person = null!;

    private ILocator Language => _person.Page.Locator("html");

    // A dialog in front hides it from the tree of roles.
    private ILocator Title => _person.Page.Locator("h1");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _person = await site.CreatePersonAsync("Ada", new BrowserNewContextOptions { Locale = "de-AT" });
        await _person.Page.GotoAsync(site.Address.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_person is not null)
            await _person.DisposeAsync();
    }

    [Fact]
    public async Task Page_Has_The_Language_Of_The_Browser()
    {
        await Expect(Title).ToHaveTextAsync("Agenten bei der Arbeit zusehen, gemeinsam.");
        await Expect(Language).ToHaveAttributeAsync("lang", "de");
    }

    [Fact]
    public async Task Chosen_Language_Is_Shown_At_Once_And_After_A_Reload()
    {
        await _person.Page.GetByRole(AriaRole.Button, new() { Name = "Einstellungen" }).ClickAsync();
        await _person.Page.GetByLabel("Sprache").SelectOptionAsync("en");
        await Expect(Title).ToHaveTextAsync("Watch agents work, together.");
        await Expect(Language).ToHaveAttributeAsync("lang", "en");

        await _person.Page.ReloadAsync();

        await Expect(Title).ToHaveTextAsync("Watch agents work, together.");
        await Expect(Language).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task Room_Is_German_From_The_Task_To_The_Runs_End()
    {
        await _person.Page.GetByLabel("Name des Raums").FillAsync("Biologie");
        await _person.Page.Locator("form", new() { HasText = "Raum anlegen" }).GetByLabel("Dein Name").FillAsync("Ada");
        await _person.Page.GetByRole(AriaRole.Button, new() { Name = "Raum anlegen" }).ClickAsync();
        await _person.BeLiveAsync();
        await _person.Page.GetByLabel("Aufgabe", new() { Exact = true }).FillAsync("Erkläre Photosynthese.");
        await _person.Page.GetByRole(AriaRole.Button, new() { Name = "Lauf starten" }).ClickAsync();

        await _person.Run("Erkläre Photosynthese.").BeInStateAsync("done");
        await Expect(_person.Run("Erkläre Photosynthese.").Card.Locator(".state")).ToHaveTextAsync("Fertig");
        _person.HasNoComplaints();
    }
}
