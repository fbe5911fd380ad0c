namespace Swarms.Hub.Browser;

/// <summary>Messages among the runs, and quotes that lead to their passage.</summary>
public sealed class TalkPageTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private Person _host = null!;
    private Person _pupil = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _people.Add(_host = await site.CreatePersonAsync("Ada"));
        await _host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await _host.InviteAsync("Participant");
        _people.Add(_pupil = await site.CreatePersonAsync("Grace", viewport: new() { Width = 375, Height = 812 }));
        await _pupil.JoinByLinkAsync(secret);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Enumerable.Reverse(_people))
            await person.DisposeAsync();
    }

    [Fact]
    public async Task Messages_Stand_Among_The_Runs_On_A_Phone_And_Where_One_Chooses_So()
    {
        await _host.SayAsync("Welcome");
        await _host.StartTextAsync("First task", "A first answer.");
        await _host.Run("First task").BeInStateAsync("done");
        await _host.SayAsync("And now the next one");
        await _host.StartTextAsync("Second task", "A second answer.");
        await _pupil.Run("Second task").BeInStateAsync("done");
        await StandAsync(_pupil, "Welcome", "First task", "And now the next one", "Second task");

        await _pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Write a message instead" }).ClickAsync();
        var field = _pupil.Page.GetByLabel("Message", new() { Exact = true });
        await Expect(field).ToBeFocusedAsync();
        await _pupil.Page.Keyboard.TypeAsync("I have a question");
        await _pupil.ShootAsync("talk-phone");
        await _pupil.Page.Keyboard.PressAsync("Enter");
        await Expect(_pupil.Page.Locator(".talk .message").Last).ToContainTextAsync("I have a question");
        Assert.Empty(await _pupil.FindViolationsAsync());

        await Expect(_host.Page.Locator(".side .message")).ToHaveCountAsync(3);
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Among the runs" }).ClickAsync();
        await Expect(_host.Page.Locator(".side .message")).ToHaveCountAsync(0);
        string[] all = ["Welcome", "First task", "And now the next one", "Second task", "I have a question"];
        await StandAsync(_host, all);
        await _host.Page.ReloadAsync();
        await _host.BeLiveAsync();
        await Expect(_host.Page.Locator(".talk .message")).ToHaveCountAsync(3);
        await StandAsync(_host, all);
        await _host.Page.Locator(".talk .message").Last.HoverAsync();
        await _host.Page.Locator(".talk .message").Last.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Expect(_host.Page.GetByLabel("Message", new() { Exact = true })).ToBeFocusedAsync();
        await _host.ShootAsync("talk-within");
        Assert.Empty(await _host.FindViolationsAsync());

        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Messages beside the runs" }).ClickAsync();
        await Expect(_host.Page.Locator(".side .message")).ToHaveCountAsync(3);
        _host.HasNoComplaints();
        _pupil.HasNoComplaints();
    }

    [Fact]
    public async Task Quote_Leads_To_Its_Passage_In_A_Folded_Run_And_Concerns_Whoever_Asked()
    {
        var paragraphs = Enumerable.Range(1, 60).Select(i => $"Paragraph {i} says that leaves are **green** and make sugar.");
        await _pupil.StartTextAsync("Explain leaves", string.Join("\n\n", paragraphs));
        await _host.Run("Explain leaves").BeInStateAsync("done");
        await Expect(_host.Run("Explain leaves").Text).ToContainTextAsync("Paragraph 60 ");
        var paragraph = _host.Run("Explain leaves").Text.Locator("p").Nth(29);
        // The page follows the end until its reader scrolls away, also back to it after a press.
        await paragraph.HoverAsync();
        await _host.Page.Mouse.WheelAsync(0, -30);
        await paragraph.ClickAsync(new() { ClickCount = 3 });
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Quote" }).ClickAsync();
        await Expect(_host.Page.Locator(".references")).ToContainTextAsync("Paragraph 30");
        await _pupil.Page.GetByRole(AriaRole.Button, new() { Name = "People" }).ClickAsync();
        await _host.Page.Keyboard.TypeAsync("Look at this");
        await _host.Page.Keyboard.PressAsync("Enter");

        // The pupil looks at the people, and is told quietly.
        await Expect(_pupil.Page).ToHaveTitleAsync("(1) Biology, Tuesday · Swarms.Hub");
        var notice = _pupil.Page.GetByRole(AriaRole.Region, new() { Name = "For you" });
        await Expect(notice).ToContainTextAsync("Ada quoted your run");
        await _pupil.ShootAsync("concern-phone");
        Assert.Empty(await _pupil.FindViolationsAsync());
        await notice.GetByRole(AriaRole.Button, new() { Name = "Ada quoted your run" }).ClickAsync();
        await Expect(_pupil.Page.Locator(".message:focus")).ToContainTextAsync("Look at this");
        await Expect(_pupil.Page).ToHaveTitleAsync("Biology, Tuesday · Swarms.Hub");

        await _host.Run("Explain leaves").Card.GetByRole(AriaRole.Button, new() { Name = "Collapse" }).ClickAsync();
        await Expect(_host.Run("Explain leaves").Text).ToHaveCountAsync(0);
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Show the passage" }).ClickAsync();

        await Expect(paragraph).ToBeInViewportAsync();
        await _host.Page.WaitForFunctionAsync(
            """
            () => [...(CSS.highlights.get('passage') ?? [])].map(String).join()
              === 'Paragraph 30 says that leaves are green and make sugar'
            """);
        await _host.ShootAsync("passage");
        _host.HasNoComplaints();
        _pupil.HasNoComplaints();
    }

    /// <summary>Waits until the texts of messages and the tasks of runs stand in the stream in this order.</summary>
    private static Task StandAsync(Person person, params string[] texts) =>
        Expect(person.Page.Locator(".runs :is(.said, .task p)")).ToHaveTextAsync(texts);
}
