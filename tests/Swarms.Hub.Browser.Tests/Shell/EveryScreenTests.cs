using System.Text.Json;

namespace Swarms.Hub.Browser;

/// <summary>
/// The screens of a lesson, beside those of <see cref="AccessibilityTests"/>: axe finds nothing on any, and on a phone nothing has to be
/// moved sideways.
/// </summary>
public sealed class EveryScreenTests(HubAndBrowser site) : IAsyncLifetime
{
    private const string Haiku = "Leaves drift to the ground";

    private readonly List<string> _found = [];
    private readonly List<Person> _people = [];
    private BrowserNewContextOptions _options = new();
    private Person _host = null!;
    private Person _guest = null!;
    private string _look = "";

    private IPage Page => _host.Page;

    private bool IsNarrow => _options.ViewportSize!.Width < 900;

    public ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Enumerable.Reverse(_people))
            await person.DisposeAsync();
    }

    [Theory]
    [InlineData("en", ColorScheme.Light, 1280, 800)]
    [InlineData("de", ColorScheme.Dark, 1280, 800)]
    [InlineData("de", ColorScheme.Light, 360, 740)]
    [InlineData("en", ColorScheme.Dark, 360, 740)]
    public async Task Axe_Finds_Nothing_And_No_Phone_Scrolls_Sideways(string language, ColorScheme theme, int width, int height)
    {
        _look = $"{language}-{theme}-{width}".ToLowerInvariant();
        _options = new()
        {
            Locale = language,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
        };
        _host = await CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await _host.InviteAsync("Participant");
        await LookAtWaysInAsync(secret);
        _guest = await CreatePersonAsync("Grace");
        await _guest.JoinByLinkAsync(secret);

        await LookAtRaceAsync();
        await LookAtHeldTextAsync();
        await LookAtProposalsAsync();
        await LookAtPeopleAsync();
        await LookAtEmbedAsync();
        await LookAtInvitesAsync();
        await LookAtDialogsAsync();
        await LookAtSearchAsync();
        await LookAtReplayAsync();
        await LookAtWallAsync();
        await LookAsGuestAsync();

        Assert.True(_found.Count == 0, string.Join('\n', _found));
        _host.HasNoComplaints("404");
        _guest.HasNoComplaints();
    }

    private async Task LookAtWaysInAsync(string secret)
    {
        var stranger = await CreatePersonAsync("Linus");
        await stranger.Page.GotoAsync(new Uri(site.Address, $"join{secret}").ToString());
        await stranger.Page.Locator(".invited-to strong").WaitForAsync();
        await LookAsync("invited-to", stranger);
        await stranger.Page.GotoAsync(new Uri(site.Address, "return#srt_nothing").ToString());
        await stranger.Page.Locator(".card .primary").ClickAsync();
        await stranger.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await LookAsync("return-refused", stranger);
    }

    private async Task LookAtRaceAsync()
    {
        await _host.SetAgentAsync("hare", "Hare");
        await _host.SetAgentAsync("tortoise", "Tortoise");
        var runs = (object[])[new { agent = "hare" }, new { agent = "tortoise" }];
        var group = await SendAsync(_host, "POST", "groups", new { task = "A haiku about speed", runs, isBlind = true });
        await Expect(Page.Locator(".race .run[data-state=done]")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        var (id, first) = (group.GetProperty("id").GetString(), group.GetProperty("runs")[0].GetString());
        await SendAsync(_guest, "PUT", $"groups/{id}/vote", new { run = first });
        await LookAsync("race-blind");
        await LookAsync("race-guest", _guest);
        await SendAsync(_host, "POST", $"groups/{id}/reveal", new { });
        await Page.Locator(".race-results").WaitForAsync();
        await LookAsync("race-revealed");
    }

    private async Task LookAtHeldTextAsync()
    {
        await SendAsync(_host, "PATCH", "", new { settings = new { holdBack = new { keepLane = true } } });
        await _guest.StartTextAsync("Whom do I call?", "Call 112 now, or ask a teacher.");
        await Page.Locator(".held-text", new() { HasText = "112" }).WaitForAsync();
        await LookAsync("held");
        await _host.Run("Whom do I call?").Card.Locator(".held-tools button").Last.ClickAsync();
        await _host.Run("Whom do I call?").BeInStateAsync("done");
        await SendAsync(_host, "PATCH", "", new { settings = new { holdBack = (object?)null } });
    }

    private async Task LookAtProposalsAsync()
    {
        await SendAsync(_host, "PATCH", "", new { settings = new { moderated = true } });
        await _guest.StartTextAsync("Why do leaves fall in autumn, and what becomes of them?", Haiku);
        var proposal = Page.Locator(".run[data-state=proposed]");
        await proposal.WaitForAsync();
        await LookAsync("proposal");
        foreach (var form in await proposal.Locator(".proposal-line [aria-expanded]").AllAsync())
        {
            await form.ClickAsync();
            await proposal.Locator(".proposal-form").WaitForAsync();
            await LookAsync("proposal-form");
        }

        await proposal.Locator(".proposal-line .primary").ClickAsync();
        await _host.Run("Why do leaves fall").BeInStateAsync("done");
        await SendAsync(_host, "PATCH", "", new { settings = new { moderated = false } });
    }

    private async Task LookAtPeopleAsync()
    {
        await SendAsync(_guest, "PUT", "hands/me", new { });
        await _guest.SayAsync("Do leaves sleep at night?");
        if (IsNarrow)
            await Page.Locator(".header-tools > .only-narrow").ClickAsync();

        var guest = Page.Locator(".people li", new() { HasText = "Grace" });
        await guest.Locator(".menu > button").ClickAsync();
        await LookAsync("person-menu");
        await Page.Locator("[role=menuitem].danger").ClickAsync();
        await LookAtDialogAsync("remove");
        await Page.Locator(".people li", new() { HasText = "Ada" }).Locator(".menu > button").ClickAsync();
        await Page.Locator("[role=menuitem]").First.ClickAsync();
        await LookAtDialogAsync("rename");
        if (IsNarrow)
            await Page.Locator(".header-tools > .only-narrow").ClickAsync();
    }

    private async Task LookAtEmbedAsync()
    {
        await _host.Run("Why do leaves fall").Card.GetByRole(AriaRole.Toolbar).First.Locator(".menu > button").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = Say("Embed", "Einbetten") }).ClickAsync();
        await Page.Locator("dialog[open] form .primary").ClickAsync();
        await Page.Locator(".embed-lines").WaitForAsync();
        await LookAtDialogAsync("embed");
    }

    private async Task LookAtInvitesAsync()
    {
        await OpenInvitesAsync();
        var tabs = Page.GetByRole(AriaRole.Tab);
        for (var tab = 0; tab < await tabs.CountAsync(); tab++)
        {
            await tabs.Nth(tab).ClickAsync();
            await Page.Locator(".tab-panel").WaitForAsync();
            await LookAsync($"invite-{tab}");
        }

        await Page.Locator("dialog[open] form .primary").First.ClickAsync();
        await Page.Locator("dialog .copy").First.WaitForAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = Say("Show large", "Groß zeigen") }).ClickAsync();
        await Page.Locator(".invite-wall").WaitForAsync();
        await LookAsync("invite-wall");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator(".invite-wall")).ToHaveCountAsync(0);
        if (await Page.Locator("dialog").CountAsync() > 0)
            await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private async Task LookAtDialogsAsync()
    {
        await ChooseAsync("Agents of this room", "Agenten dieses Raums");
        await Page.Locator("dialog .dialog-tools .primary").ClickAsync();
        await Page.Locator("dialog form").WaitForAsync();
        await LookAtDialogAsync("agent-form");
        await ChooseAsync("Connect a real model", "Ein echtes Modell verbinden");
        await LookAtDialogAsync("connect");
        await Page.Locator(".turns .menu > button").ClickAsync();
        await LookAsync("turns-menu");
        await Page.Locator("[role=menuitem]").Last.ClickAsync();
        await LookAtDialogAsync("rights");
        await ChooseAsync("Spending", "Verbrauch");
        await LookAtDialogAsync("spending-full");
        await ChooseAsync("Figures", "Zahlen");
        await Page.Locator("dialog canvas, dialog table").First.WaitForAsync();
        await LookAtDialogAsync("figures-full");
    }

    private async Task LookAtSearchAsync()
    {
        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("/");
        await Page.Locator("[type=search]").FillAsync("leaves");
        await Page.Keyboard.PressAsync("Enter");
        await Page.Locator("dialog mark").First.WaitForAsync();
        await LookAsync("search-hits");
        await Page.Locator("[data-found]", new() { HasText = "sleep at night" }).ClickAsync();
        await Page.Locator(".found-messages li").First.WaitForAsync();
        await LookAtDialogAsync("found-message");
    }

    private async Task LookAtReplayAsync()
    {
        var room = Page.Url;
        await Page.GotoAsync($"{room}?at=999999");
        await Page.Locator(".replay .race-results").WaitForAsync();
        await LookAsync("replay-race");
        await Page.GotoAsync(room);
        await _host.BeLiveAsync();
    }

    private async Task LookAtWallAsync()
    {
        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("p");
        await Page.Locator(".join-corner").WaitForAsync();
        await LookAsync("wall");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator(".room-header").WaitForAsync();
    }

    private async Task LookAsGuestAsync()
    {
        await SendAsync(_host, "PATCH", "", new { settings = new { locked = true } });
        await Expect(_guest.Page.Locator(".turns[data-held=true]")).ToBeVisibleAsync();
        // Nothing is offered that the hub would refuse.
        await Expect(_guest.Page.Locator(".reaction.add, .say, .composer, .act")).ToHaveCountAsync(0);
        await LookAsync("locked-guest", _guest);
        await SendAsync(_host, "PATCH", "", new { settings = new { archived = true } });
        await Expect(_guest.Page.Locator(".turns")).ToContainTextAsync(Say("archived", "archiviert"), new() { IgnoreCase = true });
        await LookAsync("archived-guest", _guest);
        await LookAsync("archived-host");
    }

    private string Say(string english, string german) => _look.StartsWith("de", StringComparison.Ordinal) ? german : english;

    private async Task<Person> CreatePersonAsync(string name)
    {
        var person = await site.CreatePersonAsync(name, new BrowserNewContextOptions(_options));
        _people.Add(person);
        return person;
    }

    private async Task ChooseAsync(string english, string german)
    {
        await Page.Locator(".header-tools .menu > button").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = Say(english, german) }).ClickAsync();
        await Page.Locator("dialog[open]").WaitForAsync();
    }

    private async Task OpenInvitesAsync()
    {
        if (IsNarrow)
        {
            await Page.Locator(".header-tools .menu > button").ClickAsync();
            await Page.Locator("[role=menuitem].only-smallest").ClickAsync();
        }
        else
        {
            await Page.Locator(".header-tools > .primary").ClickAsync();
        }

        await Page.Locator("dialog[open] [type=radio]").First.WaitForAsync();
    }

    private async Task LookAtDialogAsync(string screen)
    {
        await Page.Locator("dialog[open]").WaitForAsync();
        await LookAsync(screen);
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private async Task LookAsync(string screen, Person? person = null)
    {
        var seen = person ?? _host;
        var found = (await seen.FindViolationsAsync()).Concat(IsNarrow ? await seen.FindSidewaysAsync() : []);
        _found.AddRange(found.Select(violation => $"{_look} {screen}: {violation}"));
        await seen.ShootAsync($"screen-{_look}-{screen}");
    }

    /// <summary>Calls the room's API as the page does, with the person's session.</summary>
    private static async Task<JsonElement> SendAsync(Person person, string method, string path, object body)
    {
        var text = await person.Page.EvaluateAsync<string>(
            """
            async ({ method, path, body }) => {
              for (;;) {
                const response = await fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body });
                if (response.ok) return await response.text();
                if (response.status !== 429) throw new Error(await response.text());
                await new Promise(resolve => setTimeout(resolve, 1000 * Number(response.headers.get('Retry-After') ?? 1)));
              }
            }
            """,
            new { method, path = $"/api/rooms/{person.RoomId}/{path}".TrimEnd('/'), body = JsonSerializer.Serialize(body) });
        return text == "" ? default : JsonElement.Parse(text);
    }
}
