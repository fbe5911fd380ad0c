namespace Swarms.Hub.Browser;

public sealed class KeyboardTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _things = [];
    private Person _host = null!;

    private IPage Page => _host.Page;

    private ILocator Announcements => Page.Locator(".room > [role=status]");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _things.Add(_host = await site.CreatePersonAsync("Ada"));
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
    }

    [Theory]
    [InlineData(1, ".runs")]
    [InlineData(2, ".composer textarea")]
    [InlineData(3, ".messages .say input")]
    public async Task First_Stops_Lead_Past_The_Header(int tabs, string target)
    {
        await Page.ReloadAsync();
        await _host.BeLiveAsync();
        for (var tab = 0; tab < tabs; tab++)
            await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator(".skip-links button:focus")).ToBeInViewportAsync();
        if (tabs == 1)
            await _host.ShootAsync("skip-links");

        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.Locator(target)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Runs_Are_Headings_And_One_Stop_Each()
    {
        string[] tasks = ["First story", "Second story", "Third story"];
        foreach (var task in tasks)
        {
            await _host.StartSimulationAsync(task, chunks: 5, chunksPerSecond: 0);
            await _host.Run(task).BeInStateAsync("done");
        }

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 3, Name = "Teller" })).ToHaveCountAsync(3);
        await Page.Locator(".runs").FocusAsync();
        foreach (var task in tasks)
        {
            await Page.Keyboard.PressAsync("Tab");
            await Expect(_host.Run(task).Card.Locator("[role=toolbar] :focus")).ToHaveCountAsync(1);
        }

        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator(".composer :focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Messages_Are_One_Stop_Each()
    {
        var field = Page.GetByLabel("Message", new() { Exact = true });
        foreach (var text in (string[])["First", "Second"])
        {
            await field.FillAsync(text);
            await Page.Keyboard.PressAsync("Enter");
            await Expect(Page.Locator(".message", new() { HasText = text })).ToBeVisibleAsync();
        }

        await field.FocusAsync();
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Expect(Page.Locator(".message", new() { HasText = "Second" }).Locator(":focus")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("ArrowRight");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".reaction", new() { HasText = "❤️ 1" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Expect(Page.Locator(".message", new() { HasText = "First" }).Locator(":focus")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Arrows_Move_Between_The_Tools_Of_A_Run_And_Open_Its_Menu()
    {
        await _host.StartSimulationAsync("First story", chunks: 5, chunksPerSecond: 0);
        await _host.Run("First story").BeInStateAsync("done");
        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("Tab");

        await Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Page.GetByLabel("More tools of the run")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Try again", Exact = true })).ToBeFocusedAsync();
        await _host.ShootAsync("run-menu");
        await Page.Keyboard.PressAsync("Escape");

        await Expect(Page.GetByLabel("More tools of the run")).ToBeFocusedAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Try again", Exact = true })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Question_Mark_Lists_The_Keys_But_Not_While_One_Writes()
    {
        await Page.GetByLabel("Task", new() { Exact = true }).FocusAsync();
        await Page.Keyboard.TypeAsync("why?");
        await Expect(Page.GetByLabel("Task", new() { Exact = true })).ToHaveValueAsync("why?");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.TypeAsync("?");

        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeVisibleAsync();
        await _host.ShootAsync("keys");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator(".runs")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Single_Letters_Do_Nothing_Once_They_Are_Turned_Off()
    {
        await Page.Locator(".header-tools .menu > button").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Settings", Exact = true }).ClickAsync();
        await Page.GetByLabel("Single letters are commands").UncheckAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator(".runs").FocusAsync();

        await Page.Keyboard.TypeAsync("?p");
        await Page.Keyboard.PressAsync("Tab");

        await Expect(Page.Locator(".room-header")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task J_And_K_Move_From_Run_To_Run()
    {
        foreach (var task in (string[])["First story", "Second story"])
        {
            await _host.StartSimulationAsync(task, chunks: 300, chunksPerSecond: 0);
            await _host.Run(task).BeInStateAsync("done");
        }

        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("Control+Home");
        await Page.Keyboard.PressAsync("k");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("j");
        await Expect(_host.Run("Second story").Card).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("k");

        await Expect(_host.Run("First story").Card).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Escape_Stops_The_Own_Run_That_Has_The_Focus_And_Asks_Nothing()
    {
        await _host.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        await _host.Run("An endless story").GrowBeyondAsync(20);
        await _host.Run("An endless story").Card.FocusAsync();

        await Page.Keyboard.PressAsync("Escape");

        await Expect(Announcements).ToContainTextAsync("Teller: cancelling.");
        await _host.Run("An endless story").BeInStateAsync("cancelled");
        _host.HasNoComplaints();
    }

    [Theory]
    [InlineData(true, "cancelled")]
    [InlineData(false, "running")]
    public async Task Escape_On_The_Run_Of_Another_Asks_First(bool accept, string state)
    {
        var (secret, _) = await _host.InviteAsync("Participant");
        var pupil = await site.CreatePersonAsync("Grace");
        _things.Add(pupil);
        await pupil.JoinByLinkAsync(secret);
        await pupil.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        await _host.Run("An endless story").GrowBeyondAsync(20);
        var asked = new TaskCompletionSource<string>();
        Page.Dialog += (_, dialog) => _ = accept ? AnswerAsync(dialog.AcceptAsync()) : AnswerAsync(dialog.DismissAsync());
        Page.Dialog += (_, dialog) => asked.TrySetResult(dialog.Message);
        await _host.Run("An endless story").Card.FocusAsync();

        await Page.Keyboard.PressAsync("Escape");

        Assert.Equal("Cancel the run of Grace (Teller)?", await asked.Task.WaitAsync(TestContext.Current.CancellationToken));
        var length = (await _host.Run("An endless story").ReadAsync()).Length;
        if (!accept)
            await _host.Run("An endless story").GrowBeyondAsync(length);
        await _host.Run("An endless story").BeInStateAsync(state);

        static async Task AnswerAsync(Task answer) => await answer;
    }
}
