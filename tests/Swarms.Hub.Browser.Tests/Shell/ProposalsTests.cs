namespace Swarms.Hub.Browser;

/// <summary>A lesson in which a teacher decides what is asked, with the mouse and the keyboard.</summary>
public sealed class ProposalsTests(HubAndBrowser site) : IAsyncLifetime
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
    public async Task Teacher_Approves_Edits_And_Declines_What_Pupils_Propose()
    {
        var (teacher, pupil) = await MeetAsync("Viewer");
        await SetAsync(teacher, "Others’ runs need a host’s approval");

        foreach (var task in new[] { "First idea", "Second idea", "Third idea" })
        {
            await pupil.Page.GetByLabel("Task", new() { Exact = true }).FillAsync(task);
            await Button(pupil, "Propose").ClickAsync();
            await Expect(Card(teacher, task)).ToBeVisibleAsync();
        }

        await Expect(pupil.Page.GetByRole(AriaRole.Heading, new() { Name = "Proposals (3)" })).ToBeVisibleAsync();
        await Card(pupil, "Third idea").GetByRole(AriaRole.Button, new() { Name = "Support · 0" }).ClickAsync();
        await Expect(Card(teacher, "Third idea").GetByRole(AriaRole.Button, new() { Name = "Support · 1" })).ToBeVisibleAsync();
        await Card(teacher, "Third idea").GetByRole(AriaRole.Button, new() { Name = "Move up" }).ClickAsync();
        await Expect(Card(pupil, "Third idea")).ToContainTextAsync("Proposal 2 of 3");
        await Expect(Card(pupil, "Second idea")).ToContainTextAsync("Proposal 3 of 3");
        await Expect(Card(pupil, "First idea").GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await teacher.ShootAsync("proposals-teacher");
        await pupil.ShootAsync("proposals-pupil");

        await Card(teacher, "First idea").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await pupil.Run("First idea").BeInStateAsync("done");
        await Card(teacher, "Second idea").GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await teacher.Page.GetByLabel("Reason, which the room sees").FillAsync("We had that.");
        await teacher.Page.Locator(".proposal-form").GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Expect(Card(pupil, "Second idea")).ToContainTextAsync("Declined by Ada. We had that.");
        await Card(teacher, "Third idea").GetByRole(AriaRole.Button, new() { Name = "Edit…" }).ClickAsync();
        await teacher.Page.GetByLabel("Task as it will be sent").FillAsync("A better idea");
        await Button(teacher, "Approve as edited").ClickAsync();
        await pupil.Run("A better idea").BeInStateAsync("done");
        await Expect(Card(pupil, "A better idea")).ToContainTextAsync("Proposed as: Third idea");
        await Expect(pupil.Page.Locator(".proposals-title")).ToHaveCountAsync(0);
        await teacher.ShootAsync("proposals-decided");
        teacher.HasNoComplaints();
        pupil.HasNoComplaints();
    }

    [Fact]
    public async Task Pupil_Withdraws_A_Proposal()
    {
        var (teacher, pupil) = await MeetAsync("Participant");
        await SetAsync(teacher, "Others’ runs need a host’s approval");
        await pupil.Page.GetByLabel("Task", new() { Exact = true }).FillAsync("An idea");
        await Button(pupil, "Propose").ClickAsync();

        await Card(pupil, "An idea").GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();

        await teacher.Run("An idea").BeInStateAsync("cancelled");
    }

    [Fact]
    public async Task Locked_And_Archived_Rooms_Say_So_And_Offer_Nothing_That_Would_Be_Refused()
    {
        var (teacher, pupil) = await MeetAsync("Participant");
        await SetAsync(teacher, "Only hosts act (locked)");
        await Expect(pupil.Page.GetByText("The room is locked: only hosts act at the moment.")).ToBeVisibleAsync();
        await Expect(pupil.Page.GetByLabel("Task", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(teacher.Page.GetByLabel("Task", new() { Exact = true })).ToBeVisibleAsync();

        await SetAsync(teacher, "Read-only (archived)");
        await Expect(teacher.Page.GetByText("The room is archived: it can be read only.")).ToBeVisibleAsync();
        await Expect(teacher.Page.GetByLabel("Task", new() { Exact = true })).ToHaveCountAsync(0);
        await teacher.ShootAsync("archived");
    }

    private async Task<(Person Teacher, Person Pupil)> MeetAsync(string role)
    {
        var teacher = await site.CreatePersonAsync("Ada");
        _people.Add(teacher);
        await teacher.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await teacher.InviteAsync(role);
        var pupil = await site.CreatePersonAsync("Grace");
        _people.Add(pupil);
        await pupil.JoinByLinkAsync(secret);
        return (teacher, pupil);
    }

    private static async Task SetAsync(Person host, string setting)
    {
        await host.Page.Locator(".room-header .menu > button").ClickAsync();
        await host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Room settings" }).ClickAsync();
        await host.Page.GetByRole(AriaRole.Checkbox, new() { Name = setting }).ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Checkbox, new() { Name = setting })).ToBeCheckedAsync();
        await host.ShootAsync($"room-settings-{setting.Length}");
        await Button(host, "Close").ClickAsync();
    }

    private static ILocator Button(Person person, string name) =>
        person.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Card(Person person, string task) => person.Page.GetByRole(AriaRole.Article, new() { Name = task });
}
