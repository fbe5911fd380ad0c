namespace Swarms.Hub.Browser;

public sealed class AgentsPageTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private ILocator Dialog => _host.Page.Locator("dialog");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;

        await _host.CancelAllAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Host_Adds_An_Agent_And_Everybody_Chooses_It_With_Its_Prepared_Task()
    {
        await AddPoetAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await _host.Page.GetByLabel("Task", new() { Exact = true }).FocusAsync();
        await _host.Page.GetByLabel("Who works").SelectOptionAsync("poet");
        await _host.Page.GetByRole(AriaRole.Group, new() { Name = "Prepared tasks" })
            .GetByRole(AriaRole.Button, new() { Name = "Rain" }).ClickAsync();
        await Expect(_host.Page.GetByLabel("Task", new() { Exact = true })).ToBeFocusedAsync();
        await _host.Page.GetByLabel("Task", new() { Exact = true }).FillAsync("");
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await Expect(_host.Page.GetByLabel("Who works")).ToHaveValueAsync("poet");
        await _host.Page.GetByLabel("Prepared task").SelectOptionAsync("Rain");
        await _host.ShootAsync("agents-composer");
        await Expect(_host.Page.GetByLabel("Task", new() { Exact = true })).ToHaveValueAsync("A haiku about rain");
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();

        await Expect(_host.Run("A haiku about rain").Card).ToContainTextAsync("Poet");
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Secret_That_Is_Set_Is_Not_Shown_And_Stays_When_The_Rest_Changes()
    {
        await AddPoetAsync();

        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Change Poet" }).ClickAsync();
        await Expect(Dialog.GetByLabel("Field of secret 1")).ToHaveValueAsync("llm_api_key");
        await Expect(Dialog.GetByLabel("Value of secret 1")).ToHaveValueAsync("");
        await _host.ShootAsync("agents-form");
        await Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Bard");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Change Bard" }).ClickAsync();

        await Expect(Dialog.GetByLabel("Field of secret 1")).ToHaveValueAsync("llm_api_key");
        Assert.DoesNotContain("sk-of-the-agent", await _host.Page.ContentAsync(), StringComparison.Ordinal);
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Removed_Agent_Is_Chosen_No_More()
    {
        await AddPoetAsync();
        _host.Page.Dialog += async (_, dialog) => await dialog.AcceptAsync();

        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove Poet" }).ClickAsync();

        await Expect(Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove Poet" })).ToHaveCountAsync(0);
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Run_That_Answers_A_Message_Shows_It_As_It_Stands()
    {
        await AddPoetAsync(answersMentions: true);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        _host.Page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await _host.SayAsync("@poet, a haiku about rain");
        var task = _host.Page.Locator(".run .task p");
        await Expect(task).ToHaveTextAsync("@poet, a haiku about rain");

        await _host.Page.Locator(".message").HoverAsync();
        await _host.Page.Locator(".message").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(task).ToHaveTextAsync("The message was removed.");
        // The simulator's answer quotes its task, and stays.
        var page = await _host.Page.EvaluateAsync<string>(
            """
            () => {
              const copy = document.body.cloneNode(true);
              for (const answer of copy.querySelectorAll('.run .text')) answer.remove();
              return copy.innerHTML;
            }
            """);
        Assert.DoesNotContain("@poet, a haiku", page, StringComparison.Ordinal);
        await _host.ShootAsync("run-of-removed-message");
        _host.HasNoComplaints();
    }

    private async Task AddPoetAsync(bool answersMentions = false)
    {
        await _host.Page.Locator(".header-tools .menu > button").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Agents of this room" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Add an agent" }).ClickAsync();
        await Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Poet");
        await Expect(Dialog.GetByLabel("Short name")).ToHaveValueAsync("poet");
        await Dialog.GetByLabel("It answers messages that mention @poet").SetCheckedAsync(answersMentions);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Add a task" }).ClickAsync();
        await Dialog.GetByLabel("Title of task 1").FillAsync("Rain");
        await Dialog.GetByLabel("Task 1", new() { Exact = true }).FillAsync("A haiku about rain");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Add a secret" }).ClickAsync();
        await Dialog.GetByLabel("Field of secret 1").FillAsync("llm_api_key");
        await Dialog.GetByLabel("Value of secret 1").FillAsync("sk-of-the-agent");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Dialog.GetByRole(AriaRole.Button, new() { Name = "Change Poet" })).ToBeVisibleAsync();
    }
}
