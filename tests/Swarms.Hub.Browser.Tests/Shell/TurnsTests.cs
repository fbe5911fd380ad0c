namespace Swarms.Hub.Browser;

/// <summary>Whose turn it is: the host decides at the composer, calls on hands, and sends somebody out with all that they wrote.</summary>
public sealed class TurnsTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;
    private Person _pupil = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await _host.InviteAsync("Participant");
        _pupil = await site.CreatePersonAsync("Grace", viewport: new() { Width = 390, Height = 844 });
        await _pupil.JoinByLinkAsync(secret);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pupil is not null)
            await _pupil.DisposeAsync();

        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Host_Says_At_The_Composer_Who_May_Act_And_The_Others_Read_Whom_To_Ask()
    {
        await ChooseAsync("Others propose, hosts decide");
        await Expect(_pupil.Page.Locator(".turns")).ToContainTextAsync("A host decides about what you propose. Ask Ada.");
        await _pupil.Page.GetByLabel("Task", new() { Exact = true }).FillAsync("An idea");
        await _pupil.Page.Keyboard.PressAsync("Enter");
        await Expect(_host.Page.Locator(".run[data-state=proposed]")).ToContainTextAsync("Grace");
        await _host.ShootAsync("turns-host");
        await _pupil.ShootAsync("turns-pupil");

        // A wall judges ideas without their authors, until its host shows them.
        await _host.Page.Locator(".runs").FocusAsync();
        await _host.Page.Keyboard.PressAsync("p");
        await Expect(_host.Page.Locator(".run .who")).ToBeHiddenAsync();
        await Expect(_host.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await _host.ShootAsync("turns-wall");
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Show who proposed" }).ClickAsync();
        await Expect(_host.Page.Locator(".run .who")).ToContainTextAsync("Grace");
        await _host.Page.Keyboard.PressAsync("Escape");

        await ChooseAsync("Locked: only hosts act");
        await Expect(_pupil.Page.Locator(".turns")).ToContainTextAsync("only hosts act at the moment. Ask Ada.");
        await _pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Who may do what" }).ClickAsync();
        await Expect(_pupil.Page.GetByRole(AriaRole.Row, new() { Name = "start runs yes no no" })).ToBeVisibleAsync();
        await _pupil.ShootAsync("turns-rights");
        Assert.Empty(await _pupil.FindViolationsAsync());
        await _pupil.Page.Keyboard.PressAsync("Escape");

        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await Expect(_pupil.Page.GetByLabel("Task", new() { Exact = true })).ToBeVisibleAsync();
        _host.HasNoComplaints();
        _pupil.HasNoComplaints();
    }

    [Fact]
    public async Task Host_Calls_On_The_First_Hand_And_Sends_Somebody_Out_With_Messages_And_Runs()
    {
        await _pupil.SayAsync("Nonsense");
        await _pupil.StartSimulationAsync("A rude story", chunks: 100_000, chunksPerSecond: 20);
        await _host.Run("A rude story").GrowBeyondAsync(10);
        await _pupil.Page.Locator(".header-tools > .only-narrow").ClickAsync();
        await _pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();

        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Call on Grace" }).ClickAsync();
        await Expect(_host.Page.Locator(".messages")).ToContainTextAsync("Grace, it is your turn.");
        await Expect(_pupil.Page.GetByRole(AriaRole.Region, new() { Name = "For you" })).ToContainTextAsync("it is your turn");
        await Expect(_host.Page.Locator(".people .hand")).ToHaveCountAsync(0);

        await _host.Page.Locator(".people li", new() { HasText = "Grace" }).Locator(".menu > button").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" }).ClickAsync();
        var dialog = _host.Page.GetByRole(AriaRole.Dialog, new() { Name = "Remove Grace" });
        await dialog.GetByLabel("Remove their messages too").CheckAsync();
        await dialog.GetByLabel("Remove their runs too").CheckAsync();
        await _host.ShootAsync("turns-remove");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(_host.Page.Locator(".run")).ToContainTextAsync("Removed by Ada");
        await Expect(_host.Page.Locator(".messages")).Not.ToContainTextAsync("Nonsense");
        await Expect(_host.Page.Locator(".people li")).ToHaveCountAsync(1);
        _host.HasNoComplaints();
    }

    private async Task ChooseAsync(string turns)
    {
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Change who may act" }).ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = turns }).ClickAsync();
        await Expect(_host.Page.Locator(".turns")).ToContainTextAsync("hosts");
    }
}
