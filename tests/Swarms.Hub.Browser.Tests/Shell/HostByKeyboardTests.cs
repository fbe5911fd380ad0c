namespace Swarms.Hub.Browser;

/// <summary>
/// A host's whole lesson with the keyboard alone. After each command the focus is somewhere: it never falls back to the top of the page.
/// </summary>
public sealed class HostByKeyboardTests(HubAndBrowser site) : IAsyncLifetime
{
    // So many stops are more than any page has.
    private const int MaxStops = 200;

    private readonly List<Person> _people = [];
    private Person _host = null!;
    private Person _guest = null!;

    private IPage Page => _host.Page;

    private ILocator Proposals => Page.Locator(".run[data-state=proposed]");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await CreatePersonAsync("Ada");
        _guest = await CreatePersonAsync("Grace");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Enumerable.Reverse(_people))
            await person.DisposeAsync();
    }

    [Fact]
    public async Task Whole_Lesson_Needs_No_Pointer()
    {
        await CreateRoomAsync();
        var secret = await InviteAsync();
        await _guest.JoinByLinkAsync(secret);
        await StartSampleAsync();
        await DecideAboutProposalsAsync();
        await LowerHandAsync();
        await LockAndUnlockAsync();
        await RemoveSomebodyAsync(secret);
        await RaceAsync();
        await MaskAndReleaseAsync();
        await ReplayAsync();
        await SearchAsync();
        await ExportAsync();
        await EndAsync();
        _host.HasNoComplaints("404");
    }

    private async Task CreateRoomAsync()
    {
        await Page.GotoAsync(site.Address.ToString());
        await GoToAsync(Page.Locator("form").First.GetByLabel("Your name"));
        await Page.Keyboard.TypeAsync("Ada");
        await GoToAsync(Page.GetByLabel("Name of the room"));
        await Page.Keyboard.TypeAsync("Biology, Tuesday");
        await Page.Keyboard.PressAsync("Enter");
        await _host.BeLiveAsync();
    }

    private async Task<string> InviteAsync()
    {
        await PressAsync(Button("Invite"));
        await PressAsync(Button("Create invite"));
        var link = Page.GetByRole(AriaRole.Dialog).GetByLabel("Link", new() { Exact = true });
        await link.WaitForAsync();
        await KeepsFocusInAsync(Page.GetByRole(AriaRole.Dialog));
        var url = await link.InputValueAsync();
        await PressAsync(Button("Done"));
        await Expect(Button("Invite")).ToBeFocusedAsync();
        return new Uri(url).Fragment;
    }

    private async Task StartSampleAsync()
    {
        await PressAsync(Page.Locator(".starters button").First);
        await _host.Run("a robot that learns to paint").BeInStateAsync("done");
        await HasFocusAsync();
    }

    private async Task DecideAboutProposalsAsync()
    {
        await ChooseAsync(Button("Change who may act"), "Others propose, hosts decide");
        await Expect(Page.Locator(".turns")).ToContainTextAsync("Others propose, hosts decide");
        foreach (var task in (string[])["First idea", "Second idea", "Third idea"])
        {
            await _guest.StartTextAsync(task, "It is done.");
            await Expect(Proposals.Filter(new() { HasText = task })).ToHaveCountAsync(1);
        }

        await PressAsync(In("First idea", "Approve"));
        await _host.Run("First idea").BeInStateAsync("done");
        await HasFocusAsync();
        await PressAsync(In("Second idea", "Decline"));
        await GoToAsync(Proposals.Locator("textarea"));
        await Page.Keyboard.TypeAsync("Another day");
        await PressAsync(Proposals.Locator(".proposal-form .primary"));
        await _host.Run("Second idea").BeInStateAsync("declined");
        await HasFocusAsync();
        await PressAsync(In("Third idea", "Edit"));
        await GoToAsync(Proposals.Locator("textarea"));
        await Page.Keyboard.PressAsync("ControlOrMeta+a");
        await Page.Keyboard.TypeAsync("Fourth idea");
        await PressAsync(Proposals.Locator(".proposal-form .primary"));
        await _host.Run("Fourth idea").BeInStateAsync("done");
        await HasFocusAsync();
        await ChooseAsync(Button("Change who may act"), "Participants start runs");
    }

    private async Task LowerHandAsync()
    {
        await _guest.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();
        await Page.Locator(".people .hand").WaitForAsync();
        await ChooseAsync(Page.GetByLabel("Menu of Grace"), "Lower hand");
        await Expect(Page.Locator(".people .hand")).ToHaveCountAsync(0);
        await HasFocusAsync();
    }

    private async Task LockAndUnlockAsync()
    {
        await ChooseAsync(Button("Change who may act"), "Locked: only hosts act");
        await Expect(Button("Unlock")).ToBeVisibleAsync();
        await HasFocusAsync();
        await PressAsync(Button("Unlock"));
        await Expect(Button("Change who may act")).ToBeVisibleAsync();
        await HasFocusAsync();
    }

    private async Task RemoveSomebodyAsync(string secret)
    {
        var other = await CreatePersonAsync("Linus");
        await other.JoinByLinkAsync(secret);
        await ChooseAsync(Page.GetByLabel("Menu of Linus"), "Remove");
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Remove Linus" });
        await PressAsync(dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }));
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Page.Locator(".people li", new() { HasText = "Linus" })).ToHaveCountAsync(0);
        await KeepsFocusInAsync(Page.Locator(".people"));
    }

    private async Task RaceAsync()
    {
        await ChooseAsync(Button("Menu"), "Agents of this room");
        await PressAsync(Button("Add an agent"));
        await GoToAsync(Page.GetByRole(AriaRole.Dialog).GetByLabel("Name", new() { Exact = true }));
        await Page.Keyboard.TypeAsync("Hare");
        await GoToAsync(Page.GetByRole(AriaRole.Dialog).GetByLabel("Model").First);
        await Page.Keyboard.TypeAsync("gpt-4o");
        await PressAsync(Button("Save"));
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("@hare");
        await KeepsFocusInAsync(Page.GetByRole(AriaRole.Dialog));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Button("Menu")).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("t");
        await Page.Keyboard.TypeAsync("A haiku about speed");
        await PressAsync(Page.Locator(".composer .more"));
        await GoToAsync(Page.GetByLabel("Compare several agents side by side"));
        await Page.Keyboard.PressAsync("Space");
        foreach (var agent in (string[])["Guide", "Hare"])
        {
            await GoToAsync(Page.GetByRole(AriaRole.Checkbox, new() { Name = agent }));
            await Page.Keyboard.PressAsync("Space");
        }

        await PressAsync(Button("Start race"));
        await Expect(Page.Locator(".race .run[data-state=done]")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await HasFocusAsync();
        await PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Vote · 0 for Hare" }));
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Voted · 1 for Hare" })).ToBeFocusedAsync();
        await PressAsync(Button("End the voting"));
        await Expect(Page.Locator(".race-results li").First).ToContainTextAsync("1 vote · your vote");
        await HasFocusAsync();
        await Page.ReloadAsync();
        await _host.BeLiveAsync();
        await Expect(Page.Locator(".race-results li").First).ToContainTextAsync("1 vote · your vote");
    }

    private async Task MaskAndReleaseAsync()
    {
        await ChooseAsync(Button("Menu"), "Room settings");
        await GoToAsync(Page.GetByLabel("Hold texts back"));
        await Page.Keyboard.TypeAsync("Until");
        await Expect(Page.GetByLabel("Hosts keep what was held")).ToBeVisibleAsync();
        await KeepsFocusInAsync(Page.GetByRole(AriaRole.Dialog));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Button("Menu")).ToBeFocusedAsync();
        await _guest.StartTextAsync("Whom do I call?", "Call 112 now, or ask a teacher.");
        var held = _host.Run("Whom do I call?").Card.GetByRole(AriaRole.Region, new() { Name = "Held text" });
        await Expect(held).ToContainTextAsync("112");
        await GoToAsync(held.GetByRole(AriaRole.Region, new() { Name = "Text before its release" }));
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "Enter"])
            await Page.Keyboard.PressAsync(key);

        await Expect(held.Locator("del")).ToHaveTextAsync("112");
        await PressAsync(held.GetByRole(AriaRole.Button, new() { Name = "Release now" }));
        await _host.Run("Whom do I call?").BeInStateAsync("done");
        await Expect(_guest.Run("Whom do I call?").Text).ToContainTextAsync("Call ███ now");
        await HasFocusAsync();
    }

    private async Task ReplayAsync()
    {
        await ChooseAsync(Button("Menu"), "Replay the room");
        await Expect(Page.Locator(".replay-play")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(Page.Locator(".replay .race-runs .run")).ToHaveCountAsync(2);
        await Expect(Page.Locator(".replay .race-results")).ToContainTextAsync("Results, revealed by Ada");
        await PressAsync(Page.Locator(".replay-legend [data-mark=vote]"));
        await Expect(Page.Locator(".replay .race[data-now=true] .race-vote", new() { HasText = "1 vote" })).ToHaveCountAsync(1);
        await Expect(Page.Locator(".replay .race-results")).ToHaveCountAsync(0);
        await _host.ShootAsync("replay-race");
        await PressAsync(Page.Locator(".replay-legend [data-mark=mask]"));
        await Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await HasFocusAsync();
        await PressAsync(Button("Back to the room"));
        await Page.Locator(".runs .run").First.WaitForAsync();
        await HasFocusAsync();
    }

    private async Task SearchAsync()
    {
        await GoToAsync(Page.Locator(".runs"));
        await Page.Keyboard.PressAsync("/");
        await Expect(Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("teacher");
        await Page.Keyboard.PressAsync("Enter");
        await Page.Locator("dialog mark").First.WaitForAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Page.Locator("dialog .run .text").WaitForAsync();
        await KeepsFocusInAsync(Page.GetByRole(AriaRole.Dialog));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
        await HasFocusAsync();
    }

    private async Task ExportAsync()
    {
        await ChooseAsync(Button("Menu"), "Exports");
        await GoToAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Download: Markdown" }));
        var file = await Page.RunAndWaitForDownloadAsync(() => Page.Keyboard.PressAsync("Enter"));
        Assert.EndsWith(".md", file.SuggestedFilename, StringComparison.Ordinal);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Button("Menu")).ToBeFocusedAsync();
    }

    private async Task EndAsync()
    {
        await ChooseAsync(Button("Menu"), "Room settings");
        await GoToAsync(Page.GetByRole(AriaRole.Checkbox, new() { Name = "Read-only (archived)" }));
        await Page.Keyboard.PressAsync("Space");
        await Expect(Page.Locator(".turns")).ToContainTextAsync("The room is archived");
        await KeepsFocusInAsync(Page.GetByRole(AriaRole.Dialog));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Button("Menu")).ToBeFocusedAsync();
        // An archive is read only, for its host too.
        await Expect(Page.Locator(".composer, .say, .reaction.add")).ToHaveCountAsync(0);
    }

    private async Task<Person> CreatePersonAsync(string name)
    {
        var person = await site.CreatePersonAsync(name);
        _people.Add(person);
        return person;
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private ILocator In(string proposal, string button) =>
        Proposals.Filter(new() { HasText = proposal }).GetByRole(AriaRole.Button, new() { Name = button });

    /// <summary>Goes to a stop by Tab, and within a toolbar by the arrows.</summary>
    private async Task GoToAsync(ILocator target)
    {
        await target.WaitForAsync();
        var seen = new List<string>();
        for (var stop = 0; stop < MaxStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;

            var isNear = await target.EvaluateAsync<bool>(
                "element => element.closest('[role=toolbar]')?.contains(document.activeElement) ?? false");
            await Page.Keyboard.PressAsync(isNear ? "ArrowRight" : "Tab");
            seen.Add(await Page.EvaluateAsync<string>("() => document.activeElement?.outerHTML.slice(0, 80) ?? ''"));
        }

        Assert.Fail($"No key leads to {target}. The stops were:\n{string.Join('\n', seen.Distinct())}");
    }

    private async Task PressAsync(ILocator button)
    {
        await GoToAsync(button);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Opens a menu by the keyboard, and takes one of its choices by the arrows.</summary>
    private async Task ChooseAsync(ILocator menu, string choice)
    {
        await PressAsync(menu);
        var item = Page.Locator("[role=menu] [role^=menuitem]").Filter(new() { HasText = choice }).First;
        await item.WaitForAsync();
        for (var step = 0; step < MaxStops; step++)
        {
            if (await item.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await Page.Keyboard.PressAsync("Enter");
                await Expect(Page.Locator("[role=menu]")).ToHaveCountAsync(0);
                return;
            }

            await Page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Fail($"The arrows lead to no {choice}.");
    }

    private async Task HasFocusAsync() => await KeepsFocusInAsync(Page.Locator("#root"));

    private static async Task KeepsFocusInAsync(ILocator place) => await Expect(place.Locator(":focus")).ToHaveCountAsync(1);
}
