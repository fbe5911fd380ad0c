namespace Swarms.Hub.Browser;

/// <summary>Two people answer, edit, quote and take back on the page, and each sees what the other did.</summary>
public sealed class TakingBackTests(HubAndBrowser site) : IAsyncLifetime
{
    private static readonly string Axe = File.ReadAllText(BuiltHub.Axe);

    private Person _host = null!;
    private Person _viewer = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await _host.InviteAsync("Viewer");
        _viewer = await site.CreatePersonAsync("Linus");
        await _viewer.JoinByLinkAsync(secret);
        _host.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_viewer is not null)
            await _viewer.DisposeAsync();

        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Message_Is_Answered_Edited_And_Removed_By_A_Host()
    {
        await SayAsync(_viewer, "Helo");
        var seen = MessageOf(_host, "Helo");
        await seen.HoverAsync();
        await seen.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Expect(_host.Page.Locator(".references")).ToContainTextAsync("Helo");
        await _host.Page.Keyboard.TypeAsync("Welcome");
        await _host.Page.Keyboard.PressAsync("Enter");
        await Expect(MessageOf(_viewer, "Welcome").Locator(".answered")).ToContainTextAsync("Linus: Helo");

        var own = _viewer.Page.Locator(".message[data-own='true']");
        await own.HoverAsync();
        await own.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await _viewer.Page.GetByLabel("Text of the message").FillAsync("Hello there");
        await own.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var edited = MessageOf(_host, "Hello there").First;
        await Expect(edited.Locator("header")).ToContainTextAsync("edited");

        await edited.HoverAsync();
        await edited.GetByRole(AriaRole.Button, new() { Name = "🎉" }).ClickAsync();
        await Expect(own.Locator(".reaction", new() { HasText = "🎉 1" })).ToBeVisibleAsync();
        await edited.GetByRole(AriaRole.Button, new() { Name = "🎉 1" }).ClickAsync();
        await Expect(own.Locator(".reaction", new() { HasText = "🎉 1" })).ToHaveCountAsync(0);
        await IsAccessibleAsync(_host);
        await _host.ShootAsync("taking-back");

        await edited.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(own).ToContainTextAsync("Removed by Ada.");
        await Expect(_viewer.Page.Locator(".messages")).Not.ToContainTextAsync("Hello there");
        await Expect(MessageOf(_viewer, "Welcome").Locator(".answered")).ToContainTextAsync("Removed message");
        HasNoComplaints();
    }

    [Fact]
    public async Task Selection_Of_A_Run_Is_Quoted_And_Goes_With_The_Run()
    {
        await _host.StartTextAsync("Explain leaves", "Leaves are **green** and make sugar.");
        await _host.Run("Explain leaves").BeInStateAsync("done");
        await _host.Run("Explain leaves").Text.Locator("p").ClickAsync(new() { ClickCount = 3 });
        var tools = _host.Page.GetByRole(AriaRole.Toolbar, new() { Name = "For the selected passage" });
        await tools.GetByRole(AriaRole.Button, new() { Name = "👍" }).ClickAsync();
        await Expect(_viewer.Page.Locator(".run .reaction", new() { HasText = "👍 1" })).ToBeVisibleAsync();
        await tools.GetByRole(AriaRole.Button, new() { Name = "Quote" }).ClickAsync();
        await Expect(_host.Page.Locator(".references")).ToContainTextAsync("Leaves are");
        await IsAccessibleAsync(_host);
        await _host.Page.Keyboard.TypeAsync("Look at this");
        await _host.Page.Keyboard.PressAsync("Enter");
        var quote = MessageOf(_viewer, "Look at this").Locator(".quote");
        await Expect(quote).ToContainTextAsync("and make sugar.");

        await _host.Run("Explain leaves").Card.Locator(".menu > button").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove this run" }).ClickAsync();

        await Expect(_viewer.Page.Locator(".run")).ToContainTextAsync("Removed by Ada");
        await Expect(quote).ToContainTextAsync("A passage that cannot be shown");
        Assert.DoesNotContain("sugar", await _viewer.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("sugar", await _host.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        HasNoComplaints();
    }

    [Fact]
    public async Task Hands_Stand_In_The_Order_In_Which_They_Rose_And_A_Host_Lowers_Them()
    {
        await _viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();
        await Expect(_host.Page.Locator(".people .hand")).ToHaveCountAsync(1);
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();
        await Expect(_viewer.Page.Locator(".people li").Nth(0)).ToContainTextAsync("Linus");
        await Expect(_viewer.Page.Locator(".people li").Nth(1)).ToContainTextAsync("Ada");

        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Lower all hands" }).ClickAsync();

        await Expect(_viewer.Page.Locator(".people .hand")).ToHaveCountAsync(0);
        HasNoComplaints();
    }

    [Fact]
    public async Task Viewer_Renames_Itself_And_A_Taken_Name_Has_A_Free_One_Beside_It()
    {
        var page = _viewer.Page;
        await page.Locator(".people li", new() { HasText = "Linus" }).Locator(".menu > button").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Change my name" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Your name" }).FillAsync("ada");
        await IsAccessibleAsync(_viewer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToContainTextAsync("The name ada is taken in this room");
        await _viewer.ShootAsync("rename-taken");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take ada 2" }).ClickAsync();

        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(_host.Page.Locator(".people li", new() { HasText = "ada 2" })).ToHaveCountAsync(1);
        _host.HasNoComplaints();
        _viewer.HasNoComplaints("409");
    }

    [Fact]
    public async Task Messages_That_The_Room_Holds_No_More_Are_Loaded()
    {
        await _viewer.SayAsync("The oldest of all");
        for (var i = 0; i < 17; i++)
            await _viewer.SayAsync($"{i} {new string('x', 16_300)}");

        await _host.Page.ReloadAsync();
        await _host.BeLiveAsync();
        await Expect(_host.Page.Locator(".message").First).ToBeVisibleAsync();
        await Expect(MessageOf(_host, "The oldest of all")).ToHaveCountAsync(0);
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Load earlier messages" }).ClickAsync();

        await Expect(MessageOf(_host, "The oldest of all")).ToHaveCountAsync(1);
        await Expect(_host.Page.GetByRole(AriaRole.Button, new() { Name = "Load earlier messages" })).ToHaveCountAsync(0);
        HasNoComplaints();
    }

    private static async Task SayAsync(Person person, string text)
    {
        await person.Page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await person.Page.Keyboard.PressAsync("Enter");
    }

    private static ILocator MessageOf(Person person, string text) => person.Page.Locator(".message", new() { HasText = text });

    private static async Task IsAccessibleAsync(Person person)
    {
        await person.Page.EvaluateAsync($"() => {{ if (!window.axe) {{ {Axe} }} }}");
        Assert.Empty(await person.Page.EvaluateAsync<string[]>(
            "async () => (await window.axe.run(document)).violations.map(violation => `${violation.id}: ${violation.nodes[0].html}`)"));
    }

    private void HasNoComplaints()
    {
        _host.HasNoComplaints();
        _viewer.HasNoComplaints();
    }
}
