namespace Swarms.Hub.Browser;

/// <summary>Drafts, failed runs to try again, and news that came while nobody looked.</summary>
public sealed class UnfinishedWorkTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _things = [];
    private Person _host = null!;

    private IPage Page => _host.Page;

    private ILocator Field => Page.GetByLabel("Task", new() { Exact = true });

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

    [Fact]
    public async Task Drafts_Of_Task_And_Message_Survive_A_Reload_In_Their_Own_Room()
    {
        await Field.FillAsync("Explain photosynthesis,\nslowly.");
        await Page.GetByLabel("Message", new() { Exact = true }).FillAsync("Can you all see");
        var room = Page.Url;

        await Page.ReloadAsync();
        await Expect(Field).ToHaveValueAsync("Explain photosynthesis,\nslowly.");
        await Expect(Page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("Can you all see");

        await _host.CreateRoomAsync("Chemistry");
        await Expect(Field).ToHaveValueAsync("");

        await Page.GotoAsync(room);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
        await Expect(Field).ToHaveValueAsync("");
        await Page.ReloadAsync();
        await _host.Run("Explain photosynthesis").BeInStateAsync("done");
        await Expect(Field).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Try_Again_Puts_The_Task_Of_A_Failed_Run_Back()
    {
        await Page.EvaluateAsync(
            """
            async room => {
              await fetch(`/api/rooms/${room}/runs`, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({
                  kind: 'agent',
                  request: { agent_config: { agent_name: 'Teller' }, task: 'A task of\ntwo lines', simulation: { fault: 'error' } },
                }),
              });
            }
            """,
            _host.RoomId);
        await _host.Run("two lines").BeInStateAsync("error");

        await _host.Run("two lines").Card.GetByRole(AriaRole.Button, new() { Name = "Try again" }).First.ClickAsync();

        await Expect(Field).ToHaveValueAsync("A task of\ntwo lines");
        await Expect(Field).ToBeFocusedAsync();
        await Expect(Page.Locator(".composer")).ToHaveAttributeAsync("data-in-use", "true");
        await _host.ShootAsync("try-again");
    }

    [Fact]
    public async Task Phone_Marks_Raised_Hands_And_Messages_That_Are_Not_In_Sight()
    {
        await Page.SetViewportSizeAsync(390, 844);
        var pupil = await JoinAsync("Grace");
        await pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();

        await Expect(Page.Locator(".unread")).ToContainTextAsync("1");
        await Expect(Page).ToHaveTitleAsync("(1) Biology, Tuesday · Swarms.Hub");
        await Expect(Page.Locator(".concerns")).ToContainTextAsync("Grace raised a hand");
        await _host.ShootAsync("unread");

        await Page.GetByRole(AriaRole.Button, new() { Name = "People" }).ClickAsync();
        await Expect(Page.Locator(".unread")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".concerns")).ToHaveCountAsync(0);
        await Expect(Page).ToHaveTitleAsync("Biology, Tuesday · Swarms.Hub");

        await SayAsync(pupil, "Hello");
        await SayAsync(pupil, "Is anybody there?");
        await Expect(Page.Locator(".unread")).ToContainTextAsync("2");
        await Page.Locator(".header-tools > .only-narrow").ClickAsync();
        await Expect(Page.Locator(".unread")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".talk .new-line")).ToHaveTextAsync("2 new");
    }

    [Fact]
    public async Task Title_Counts_What_Concerns_One_And_Came_While_The_Window_Was_Hidden()
    {
        var pupil = await JoinAsync("Grace");
        await SayAsync(pupil, "Before");
        await Expect(Page.Locator(".message")).ToHaveCountAsync(1);
        await HideAsync(true);

        await SayAsync(pupil, "Something else");
        await SayAsync(pupil, "@Ada, look at this");
        await Expect(Page).ToHaveTitleAsync("(1) Biology, Tuesday · Swarms.Hub");

        await HideAsync(false);
        await Expect(Page).ToHaveTitleAsync("Biology, Tuesday · Swarms.Hub");
        await Expect(Page.Locator(".messages .new-line")).ToHaveTextAsync("2 new");
        await _host.ShootAsync("new-line");
    }

    // A headless browser shows all its windows.
    private async Task HideAsync(bool isHidden) => await Page.EvaluateAsync(
        """
        isHidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        isHidden);

    private static async Task SayAsync(Person person, string text)
    {
        await person.Page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await person.Page.Keyboard.PressAsync("Enter");
        await Expect(person.Page.Locator(".message", new() { HasText = text })).ToBeVisibleAsync();
    }

    private async Task<Person> JoinAsync(string name)
    {
        var (secret, _) = await _host.InviteAsync("Viewer");
        var person = await site.CreatePersonAsync(name);
        _things.Add(person);
        await person.JoinByLinkAsync(secret);
        return person;
    }
}
