namespace Swarms.Hub.Browser;

/// <summary>
/// A whole lesson, from the address of the hub to the replay afterwards, by people with different screens and networks. What each of them
/// sees is pictured at every step.
/// </summary>
public sealed partial class LessonTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly Classroom _class = new(site);

    private Person Host => _class.Laptop;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        await _class.OpenAsync();
    }

    public ValueTask DisposeAsync() => _class.DisposeAsync();

    [Fact]
    public async Task Class_Joins_Proposes_Continues_Votes_Is_Cut_Off_And_Looks_Back()
    {
        await HostOpensARoomAndStartsTheFirstRunAsync();
        await ClassJoinsByTheCodeOnTheWallAsync();
        await PupilsProposeAndTheHostDecidesAsync();
        await SomebodyComesLateWhileANetworkFlapsAsync();
        await ThreadGoesOnAsync();
        await BlindRaceIsVotedForAndRevealedAsync();
        await PassageIsMaskedBeforeTheOthersSeeItAsync();
        await BudgetStopsARunAsync();
        await SomebodyIsSentOutAsync();
        await HubDiesAndComesBackAsync();
        await LessonIsReplayedAsync();
        NobodysBrowserComplained();
    }

    private static Task TapAsync(Person person, string button) => Button(person, button).TapAsync();

    private static ILocator Button(Person person, string name) =>
        person.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Task(Person person) => person.Page.GetByLabel("Task", new() { Exact = true });

    private static ILocator Dialog(Person person, string name) => person.Page.GetByRole(AriaRole.Dialog, new() { Name = name });

    private async Task ChooseTurnsAsync(string turns)
    {
        await Button(Host, "Change who may act").ClickAsync();
        await Host.Page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = turns }).ClickAsync();
    }

    private async Task<ILocator> OpenAsync(string dialog)
    {
        await Host.Page.Locator(".header-tools .menu > button").ClickAsync();
        await Host.Page.GetByRole(AriaRole.Menuitem, new() { Name = dialog, Exact = true }).ClickAsync();
        return Dialog(Host, dialog);
    }

    private async Task HostOpensARoomAndStartsTheFirstRunAsync()
    {
        await Host.Page.GotoAsync(_class.Hub.Address.ToString());
        await Host.Page.GetByLabel("Name of the room").FillAsync("Biology, Tuesday");
        await Host.Page.Locator("form", new() { HasText = "Create room" }).GetByLabel("Your name").FillAsync("Ada");
        await Host.Page.Keyboard.PressAsync("Enter");
        await Host.BeLiveAsync();
        _class.Watching.Add(Host);

        // The projector's computer becomes the same host by a link that works once.
        await Button(Host, "Invite").ClickAsync();
        await Host.Page.GetByRole(AriaRole.Tab, new() { Name = "Way back" }).ClickAsync();
        await Button(Host, "Make a link").ClickAsync();
        var link = await Host.Page.GetByRole(AriaRole.Textbox, new() { Name = "Link" }).InputValueAsync();
        await _class.Projector.Page.GotoAsync(link);
        await Button(_class.Projector, "Go to the room").ClickAsync();
        await _class.Projector.BeLiveAsync();
        await Button(Host, "Close").ClickAsync();

        var starters = Host.Page.GetByRole(AriaRole.Region, new() { Name = "Guide answers" }).GetByRole(AriaRole.Button);
        await starters.First.ClickAsync();
        await _class.AgreeAsync("a robot that learns to paint", "done");
        await _class.ShootAsync("opened", Host);
    }

    private async Task ClassJoinsByTheCodeOnTheWallAsync()
    {
        var wall = _class.Projector;
        await wall.Page.Locator(".runs").FocusAsync();
        await wall.Page.Keyboard.PressAsync("p");
        await Button(wall, "Show a join code").ClickAsync();
        await wall.Page.Locator(".join-corner strong").ClickAsync();
        var code = Dialog(wall, "Biology, Tuesday").GetByRole(AriaRole.Img, new() { Name = "QR code of the invite’s link" });
        await _class.ShootAsync("code", wall);
        var link = new Uri(await QrCodes.ReadAsync(site, await code.ScreenshotAsync()) ?? "");
        foreach (var pupil in (Person[])[_class.Grace, _class.Linus, _class.Noor])
        {
            await pupil.Page.GotoAsync(new Uri(pupil.Address, link.PathAndQuery + link.Fragment).ToString());
            await Expect(pupil.Page.Locator(".invited-to")).ToContainTextAsync("Hosted by Ada");
            await pupil.ShootAsync($"lesson-02-joining-{pupil.Name}");
            await pupil.Page.GetByLabel("Your name").TapAsync();
            await pupil.Page.Keyboard.TypeAsync(pupil.Name);
            await TapAsync(pupil, "Join");
            await pupil.BeLiveAsync();
            _class.Watching.Add(pupil);
        }

        await Dialog(wall, "Biology, Tuesday").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(Host.Page.Locator(".people li")).ToHaveCountAsync(4);
        await _class.AgreeAsync("a robot that learns to paint", "done");
        await _class.ShootAsync("joined", _class.Grace);
    }

    private async Task PupilsProposeAndTheHostDecidesAsync()
    {
        await ChooseTurnsAsync("Others propose, hosts decide");
        await ProposeAsync(_class.Grace, "How do leaves make sugar?");
        await ProposeAsync(_class.Linus, "Tell a joke about our teacher");
        await Proposal(_class.Noor, "How do leaves make sugar?").GetByRole(AriaRole.Button, new() { Name = "Support · 0" }).TapAsync();
        var first = Proposal(Host, "How do leaves make sugar?");
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Support · 1" })).ToBeVisibleAsync();
        await Expect(_class.Projector.Page.Locator(".run .who", new() { HasText = "Grace" })).ToBeHiddenAsync();
        await _class.ShootAsync("proposed", Host);

        await first.GetByRole(AriaRole.Button, new() { Name = "Edit…" }).ClickAsync();
        await Host.Page.GetByLabel("Task as it will be sent").FillAsync("How do leaves make sugar from light?");
        await Button(Host, "Approve as edited").ClickAsync();
        await Proposal(Host, "a joke").GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Host.Page.GetByLabel("Reason, which the room sees").FillAsync("After the lesson.");
        await Host.Page.Locator(".proposal-form").GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();

        await _class.AgreeAsync("How do leaves make sugar from light?", "done");
        await Expect(Proposal(_class.Linus, "a joke")).ToContainTextAsync("Declined by Ada. After the lesson.");
        await _class.ShootAsync("decided", _class.Linus);
        await ChooseTurnsAsync("Participants start runs");

        static ILocator Proposal(Person person, string task) => person.Page.GetByRole(AriaRole.Article, new() { Name = task });

        async Task ProposeAsync(Person pupil, string task)
        {
            await Task(pupil).TapAsync();
            await pupil.Page.Keyboard.TypeAsync(task);
            await TapAsync(pupil, "Propose");
            await Expect(Proposal(Host, task)).ToBeVisibleAsync();
        }
    }

    private async Task SomebodyComesLateWhileANetworkFlapsAsync()
    {
        await Host.StartSimulationAsync("The life of a tree", chunks: 400, chunksPerSecond: 40);
        await _class.Noor.Run("The life of a tree").GrowBeyondAsync(50);
        _class.Network.Cut();
        await Expect(_class.Noor.Connection).Not.ToHaveAttributeAsync("data-state", "live");

        var (secret, _) = await Host.InviteAsync("Viewer");
        await _class.Late.JoinOnPageAsync(secret);
        _class.Watching.Add(_class.Late);
        await Expect(_class.Late.Page.Locator(".run")).ToHaveCountAsync(await Host.Page.Locator(".run").CountAsync());
        await _class.ShootAsync("cut-off", _class.Noor);
        _class.Network.Mend();
        await _class.Noor.BeLiveAsync();
        _class.Network.Break();
        await Until.TrueAsync(() => _class.Noor.TimesResumed == 2);

        await _class.AgreeAsync("The life of a tree", "done");
        foreach (var person in _class.Watching)
            await person.Run("The life of a tree").BeVerifiedAsync();
        await _class.ShootAsync("together-again", _class.Late);
    }

    private async Task ThreadGoesOnAsync()
    {
        await _class.Grace.Run("from light?").Card.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).TapAsync();
        await _class.Grace.Page.Keyboard.TypeAsync("And at night?");
        await TapAsync(_class.Grace, "Start run");
        await _class.AgreeAsync("And at night?", "done");
        await Expect(_class.Noor.Run("And at night?").Card).ToContainTextAsync("with 1 earlier turn");
        await Button(_class.Linus, "Write a message instead").TapAsync();
        await _class.Linus.Page.Keyboard.TypeAsync("They sleep, as I do");
        await _class.Linus.Page.Keyboard.PressAsync("Enter");
        await Expect(Host.Page.Locator(".messages")).ToContainTextAsync("They sleep, as I do");
        await Expect(_class.Linus.Page.Locator(".talk .message", new() { HasText = "They sleep" })).ToBeInViewportAsync();
        await _class.ShootAsync("thread", _class.Grace);
    }
}
