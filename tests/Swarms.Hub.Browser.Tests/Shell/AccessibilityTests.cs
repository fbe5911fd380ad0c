namespace Swarms.Hub.Browser;

/// <summary>axe finds nothing on any screen, in both themes at each width, and in both languages.</summary>
public sealed class AccessibilityTests(HubAndBrowser site) : IAsyncLifetime
{
    private const string Lesson =
        """
        # Leaves

        - [x] one
        - [ ] two

        ```js
        let light = 1;
        ```

        | a | b |
        |---|---|
        | 1 | 2 |

        $x^2$ and [a link](https://example.org)
        """;

    private readonly List<string> _found = [];
    private Person _host = null!;
    private string _look = "";

    private IPage Page => _host.Page;

    public ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("en", ColorScheme.Light, 1280, 800)]
    [InlineData("de", ColorScheme.Dark, 1280, 800)]
    [InlineData("de", ColorScheme.Light, 390, 844)]
    [InlineData("en", ColorScheme.Dark, 390, 844)]
    [InlineData("en", ColorScheme.Light, 640, 400)]
    public async Task Axe_Finds_Nothing(string language, ColorScheme theme, int width, int height)
    {
        _look = $"{language}-{theme}-{width}".ToLowerInvariant();
        _host = await site.CreatePersonAsync("Ada", new BrowserNewContextOptions
        {
            Locale = language,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
        });
        // A document may be loaded before the page is in it.
        await Page.GotoAsync(site.Address.ToString());
        await Page.Locator("h1").WaitForAsync();
        await LookAsync("home");
        await Page.GotoAsync(new Uri(site.Address, "/join#sht_nothing").ToString());
        await Page.Locator("h1").WaitForAsync();
        await LookAsync("join");
        await Page.GotoAsync(new Uri(site.Address, "/rooms/none").ToString());
        await Page.Locator("h1").WaitForAsync();
        await LookAsync("no-room");

        await CreateRoomAsync();
        await LookAsync("room-empty");
        await FillRoomAsync();
        await LookAsync("room");
        await Page.Locator(".composer textarea").ClickAsync();
        await Page.Locator(".composer .more").ClickAsync();
        await LookAsync("composer");
        await Page.Locator(".composer input[type=checkbox]").CheckAsync();
        await LookAsync("swarm");
        await Page.Locator(".composer .more").ClickAsync();

        await Page.Locator(".run").Last.Locator(".run-tools .menu > button").ClickAsync();
        await LookAsync("run-menu");
        await Page.Keyboard.PressAsync("Escape");
        await LookAtDialogAsync("agents", "Agents of this room", "Agenten dieses Raums");
        await LookAtDialogAsync("spending", "Spending", "Verbrauch");
        await LookAtDialogAsync("figures", "Figures", "Zahlen");
        await LookAtDialogAsync("exports", "Exports", "Exporte");
        await LookAtDialogAsync("attendance", "Attendance", "Anwesenheit");
        await LookAtDialogAsync("rules", "Room settings", "Einstellungen des Raums");
        await LookAtDialogAsync("settings", "Settings", "Einstellungen");
        await LookAtDialogAsync("keys", "Keyboard", "Tastatur");
        await LookAtSearchAsync();
        await LookAtInviteAsync();
        if (width < 900)
        {
            await Page.Locator(".header-tools > .only-narrow").ClickAsync();
            await LookAsync("people");
            await Page.Locator(".header-tools > .only-narrow").ClickAsync();
        }

        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("p");
        await Page.Locator(".leave-presentation").WaitForAsync();
        await LookAsync("presentation");

        Assert.Empty(_found);
        _host.HasNoComplaints("401", "404");
    }

    private async Task CreateRoomAsync()
    {
        await Page.GotoAsync(site.Address.ToString());
        var form = Page.Locator("form").First;
        await form.Locator("input").Nth(0).FillAsync("Ada");
        await form.Locator("input").Nth(1).FillAsync("Biology, Tuesday");
        await form.Locator("button").ClickAsync();
        await _host.BeLiveAsync();
    }

    private async Task FillRoomAsync()
    {
        await StartAsync("Ended", new { chunks = 40, chunksPerSecond = 0 });
        await StartAsync("Failed", new { fault = "error", chunksPerSecond = 0 });
        await _host.Run("Ended").BeInStateAsync("done");
        await _host.Run("Failed").BeInStateAsync("error");
        await StartAsync("Cancelled", new { chunks = 100_000, chunksPerSecond = 40 });
        await _host.Run("Cancelled").GrowBeyondAsync(10);
        await _host.Run("Cancelled").Card.Locator(".danger").First.ClickAsync();
        await _host.Run("Cancelled").BeInStateAsync("cancelled");
        await StartAsync("Leaf lesson", new { chunksPerSecond = 0, text = Lesson });
        await _host.Run("Leaf lesson").BeInStateAsync("done");
        await StartAsync("Streaming", new { chunks = 100_000, chunksPerSecond = 20 });
        await StartAsync("Second stream", new { chunks = 100_000, chunksPerSecond = 20 });
        await _host.Run("Second stream").GrowBeyondAsync(10);
        await Page.EvaluateAsync(
            """
            room => fetch(`/api/rooms/${room}`, {
              method: 'PATCH',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ settings: { budget: { roomCost: '5', memberTokens: 100000 } } }),
            })
            """,
            _host.RoomId);
    }

    private async Task StartAsync(string task, object simulation) => await Page.EvaluateAsync(
        """
        async ({ room, task, simulation }) => {
          const response = await fetch(`/api/rooms/${room}/runs`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({
              kind: 'agent',
              request: { agent_config: { agent_name: 'Teller', model_name: 'gpt-4o' }, task, simulation },
            }),
          });
          if (!response.ok) throw new Error(await response.text());
        }
        """,
        new { room = _host.RoomId, task, simulation });

    private async Task LookAtDialogAsync(string name, string english, string german)
    {
        await Page.Locator(".header-tools .menu > button").ClickAsync();
        if (name == "agents")
            await LookAsync("menu");
        var label = _look.StartsWith("de", StringComparison.Ordinal) ? german : english;
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = label, Exact = true }).ClickAsync();
        await Page.Locator("dialog[open]").WaitForAsync();
        await LookAsync(name);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private async Task LookAtSearchAsync()
    {
        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("/");
        await Page.Locator(".run-list button").First.WaitForAsync();
        await LookAsync("search");
        await Page.Locator(".run-list button", new() { HasText = "Leaf lesson" }).ClickAsync();
        await Page.Locator("dialog .run .text").WaitForAsync();
        await LookAsync("opened-run");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private async Task LookAtInviteAsync()
    {
        await Page.Locator(".header-tools > .primary").ClickAsync();
        await Page.Locator("dialog[open] [type=radio]").First.WaitForAsync();
        await LookAsync("invite");
        await Page.Locator("dialog .primary").ClickAsync();
        await Page.Locator("dialog .copy").First.WaitForAsync();
        await LookAsync("invited");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private async Task LookAsync(string screen)
    {
        var found = await _host.FindViolationsAsync();
        _found.AddRange(found.Select(violation => $"{_look} {screen}: {violation}"));
        await _host.ShootAsync($"axe-{_look}-{screen}");
    }
}
