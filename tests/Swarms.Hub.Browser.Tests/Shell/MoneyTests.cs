using System.Globalization;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

/// <summary>The limits of a room and its spending, as its host and a participant see them.</summary>
public sealed partial class MoneyTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<Person> _people = [];

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

    [Fact]
    public async Task Limits_Are_Saved_Together_And_Keep_The_Digits_That_Were_Typed()
    {
        var host = await CreateAsync();
        await OpenAsync(host, "Room settings");
        var form = host.Page.GetByRole(AriaRole.Form, new() { Name = "Limits of this room" });
        var save = form.GetByRole(AriaRole.Button, new() { Name = "Save the limits" });
        await Expect(save).ToBeDisabledAsync();

        await form.GetByLabel("Cost of all runs").FillAsync("0.1234567891");
        await form.GetByLabel("Tokens for each person").FillAsync("20000");
        await form.GetByLabel("Models that runs may name").FillAsync("gpt-4o, gpt-4o-mini");
        await form.GetByLabel("Stop running runs").CheckAsync();
        await save.ClickAsync();

        await Expect(form).ToContainTextAsync("chosen here");
        await Expect(save).ToBeDisabledAsync();
        await Expect(form.GetByLabel("Cost of all runs")).ToHaveValueAsync("0.1234567891");
        await host.ShootAsync("budget");
        await CloseAsync(host);
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        var model = host.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" });
        await model.SelectOptionAsync("gpt-4o-mini");
        Assert.Equal(["gpt-4o", "gpt-4o-mini"], await model.Locator("optgroup > option").AllTextContentsAsync());
        await host.ShootAsync("models");
        await OpenAsync(host, "Room settings");
        await form.GetByLabel("Cost of all runs").FillAsync("");
        await form.GetByLabel("Models that runs may name").FillAsync("");
        await form.GetByLabel("Stop running runs").UncheckAsync();
        await form.GetByLabel("Tokens for each person").FillAsync("");
        await save.ClickAsync();
        await Expect(form).Not.ToContainTextAsync("chosen here");
        host.HasNoComplaints();
    }

    [Fact]
    public async Task Limit_That_The_Hub_Does_Not_Take_Is_Refused_In_Its_Words_And_Stays_In_The_Form()
    {
        var host = await CreateAsync();
        await OpenAsync(host, "Room settings");
        var form = host.Page.GetByRole(AriaRole.Form, new() { Name = "Limits of this room" });

        await form.GetByLabel("Cost for each person").FillAsync("0.123456789012");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save the limits" }).ClickAsync();

        await Expect(form).ToContainTextAsync("memberCost must be an amount");
        await Expect(form.GetByLabel("Cost for each person")).ToHaveValueAsync("0.123456789012");
        host.HasNoComplaints("400");
    }

    [Theory]
    [InlineData(1280, 860)]
    [InlineData(375, 812)]
    public async Task Spending_Is_Shown_By_Person_Agent_And_Model_With_Unknown_Figures_Beside_The_Sums(int width, int height)
    {
        var host = await CreateAsync(new() { Width = width, Height = height });
        await SetAsync(host, new { budget = new { roomCost = "1", roomTokens = 1500, memberCost = "0.5" } });
        await StartAsync(host, "Write", new { text = string.Concat(Enumerable.Repeat("words ", 800)), chunksPerSecond = 0 });
        await host.Run("Write").BeInStateAsync("done");
        await StartAsync(host, "Endless", new { chunks = 100_000, chunksPerSecond = 40 });
        await host.Run("Endless").GrowBeyondAsync(10);
        await host.CancelAllAsync();
        await host.Run("Endless").BeInStateAsync("cancelled");

        var notice = host.Page.Locator(".budget-notice");
        await Expect(notice).ToContainTextAsync("At least 80 % of the room’s budget is used up.");
        await host.ShootAsync($"budget-notice-{width}");
        await notice.GetByRole(AriaRole.Button, new() { Name = "Spending" }).ClickAsync();
        var dialog = host.Page.GetByRole(AriaRole.Dialog, new() { Name = "Spending" });
        var all = dialog.GetByRole(AriaRole.Region, new() { Name = "All runs" });
        await Expect(all).ToContainTextAsync("2 runs");
        await Expect(all).ToContainTextAsync("+ 1 run of unknown tokens");
        await Expect(all).ToContainTextAsync("+ 1 run of unknown cost");
        await Expect(dialog.GetByRole(AriaRole.Meter)).ToHaveCountAsync(3);
        var tokens = dialog.GetByRole(AriaRole.Meter, new() { Name = "Budget of the room, tokens" });
        Assert.InRange(int.Parse(await tokens.GetAttributeAsync("aria-valuenow") ?? "", CultureInfo.InvariantCulture), 80, 100);
        await Expect(tokens).ToHaveAttributeAsync("aria-valuetext", UsedAndLeft());
        Assert.Empty(await host.FindViolationsAsync());
        await Expect(dialog.GetByRole(AriaRole.Table, new() { Name = "People" })).ToContainTextAsync("Ada");
        await Expect(dialog.GetByRole(AriaRole.Table, new() { Name = "People" })).ToContainTextAsync("$0.5");
        await Expect(dialog.GetByRole(AriaRole.Table, new() { Name = "Models" })).ToContainTextAsync("gpt-4o");
        await host.ShootAsync($"spending-{width}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await notice.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(notice).ToHaveCountAsync(0);
        await SetAsync(host, new { budget = new { roomTokens = 100 } });
        await Expect(notice).ToContainTextAsync("The room’s budget is used up: new runs are refused.");
        host.HasNoComplaints();
    }

    [Fact]
    public async Task Participant_Who_May_Not_See_Costs_Sees_Nothing_Of_Them_Until_A_Host_Shows_Them()
    {
        var host = await CreateAsync();
        await SetAsync(host, new { showMoney = "hosts" });
        var (secret, _) = await host.InviteAsync("Participant");
        var pupil = await site.CreatePersonAsync("Grace");
        _people.Add(pupil);
        await pupil.JoinByLinkAsync(secret);
        await pupil.StartTextAsync("Write", "A few words");
        await pupil.Run("Write").BeInStateAsync("done");
        await host.Run("Write").BeInStateAsync("done");

        await Expect(host.Run("Write").Card.Locator("footer")).ToContainTextAsync(DollarAmount());
        await Expect(pupil.Run("Write").Card.Locator("footer")).ToContainTextAsync("tokens");
        await Expect(pupil.Run("Write").Card.Locator("footer")).Not.ToContainTextAsync("$");
        var entry = pupil.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Spending", Exact = true });
        await pupil.Page.Locator(".header-tools .menu > button").ClickAsync();
        await Expect(pupil.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Presentation mode" })).ToBeVisibleAsync();
        await Expect(entry).ToHaveCountAsync(0);
        await pupil.ShootAsync("costs-hidden");

        await OpenAsync(host, "Room settings");
        await host.Page.GetByLabel("Who sees costs").SelectOptionAsync("everybody");
        await Expect(entry).ToHaveCountAsync(1);
        await Expect(pupil.Run("Write").Card.Locator("footer")).ToContainTextAsync(DollarAmount());
        host.HasNoComplaints();
        pupil.HasNoComplaints();
    }

    [Fact]
    public async Task Run_Shows_What_It_Reserved_And_Says_That_The_Budget_Stopped_It()
    {
        var host = await CreateAsync();
        await SetAsync(host, new { budget = new { roomTokens = 100_000, maxTokens = 4_000 } });
        await host.StartTextAsync("Alpha", string.Concat(Enumerable.Repeat("words ", 100)));
        await host.Run("Alpha").BeInStateAsync("done");
        await host.StartSimulationAsync("Omega", 100_000, 40);
        await host.Run("Omega").GrowBeyondAsync(10);
        await Expect(host.Run("Alpha").Card.Locator("footer")).Not.ToContainTextAsync("reserved");
        await Expect(host.Run("Omega").Card.Locator("footer")).ToContainTextAsync("reserved: 4,000 tokens");

        await SetAsync(host, new { budget = new { roomTokens = 10, hardStop = true } });

        await Expect(host.Run("Omega").Card).ToContainTextAsync("Stopped, because a limit of the budget is used up.");
        await Expect(host.Run("Omega").Card.Locator("footer")).ToContainTextAsync("reserved: 4,000 tokens");
        await host.ShootAsync("over-budget");
        host.HasNoComplaints();
    }

    private async Task<Person> CreateAsync(ViewportSize? viewport = null)
    {
        var host = await site.CreatePersonAsync("Ada", viewport: viewport);
        _people.Add(host);
        await host.CreateRoomAsync("Biology, Tuesday");
        return host;
    }

    private static Task StartAsync(Person host, string task, object simulation)
    {
        var request = new { agent_config = new { agent_name = "Teller", model_name = "gpt-4o" }, task, simulation };
        return CallAsync(host, "POST", "/runs", new { kind = "agent", request });
    }

    private static async Task OpenAsync(Person host, string dialog)
    {
        await host.Page.Locator(".header-tools .menu > button").ClickAsync();
        await host.Page.GetByRole(AriaRole.Menuitem, new() { Name = dialog, Exact = true }).ClickAsync();
    }

    private static Task CloseAsync(Person host) =>
        host.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

    private static Task SetAsync(Person host, object settings) => CallAsync(host, "PATCH", "", new { settings });

    private static async Task CallAsync(Person host, string method, string path, object body) => await host.Page.EvaluateAsync(
        """
        async ({ address, method, body }) => {
          const headers = { 'Content-Type': 'application/json' };
          const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
          if (!response.ok) throw new Error(await response.text());
        }
        """,
        new { address = $"/api/rooms/{host.RoomId}{path}", method, body });

    [GeneratedRegex(@"^[\d,]+ used · ([\d,]+ reserved · )?([\d,]+ left|used up)$")]
    private static partial Regex UsedAndLeft();

    [GeneratedRegex(@"\$0\.\d+")]
    private static partial Regex DollarAmount();
}
