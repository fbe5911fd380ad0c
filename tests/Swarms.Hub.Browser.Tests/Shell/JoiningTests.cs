namespace Swarms.Hub.Browser;

/// <summary>What a class does with a link: look, join, come back; and what its teacher does with the room.</summary>
public sealed class JoiningTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<Person> _people = [];
    private Person _host = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await PersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
            await person.DisposeAsync();
    }

    [Fact]
    public async Task Link_Names_The_Room_And_Its_Host_And_Finds_The_Same_Member_Again()
    {
        var (secret, _) = await _host.InviteAsync("Viewer");
        var pupil = await PersonAsync("Ada");
        var link = new Uri(site.Address, $"join{secret}").ToString();
        await pupil.Page.GotoAsync(link);

        await Expect(pupil.Page.Locator(".invited-to")).ToContainTextAsync("Biology, Tuesday");
        await Expect(pupil.Page.Locator(".invited-to")).ToContainTextAsync("Hosted by Ada");
        await Expect(pupil.Page.Locator(".invited-to")).ToContainTextAsync("viewer");
        await pupil.ShootAsync("join-by-link");

        // The name is taken, also in Cyrillic, and one press takes the free one.
        await pupil.Page.GetByLabel("Your name").PressSequentiallyAsync("\u0410da");
        await pupil.Page.Keyboard.PressAsync("Enter");
        await Expect(pupil.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is taken in this room");
        await pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Join as" }).ClickAsync();
        await pupil.BeLiveAsync();
        await Expect(People(_host)).ToHaveCountAsync(2);

        await pupil.Page.GotoAsync("about:blank");
        await pupil.Page.GotoAsync(link);
        await Expect(pupil.Page.Locator(".invited-to")).ToContainTextAsync("You are in this room already");
        await pupil.ShootAsync("join-again");
        await pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Go to the room" }).ClickAsync();
        await pupil.BeLiveAsync();
        await Expect(People(_host)).ToHaveCountAsync(2);
        pupil.HasNoComplaints("409");
    }

    [Fact]
    public async Task Code_Shows_The_Room_Before_The_Name_Is_Given()
    {
        var (_, code) = await _host.InviteAsync("Viewer");
        var pupil = await PersonAsync("Grace");
        await pupil.Page.GotoAsync(new Uri(site.Address, "join").ToString());
        await pupil.Page.GetByLabel("Code or link").PressSequentiallyAsync(code.ToLowerInvariant());
        await pupil.Page.Keyboard.PressAsync("Tab");
        await Expect(pupil.Page.Locator(".invited-to")).ToContainTextAsync("Biology, Tuesday");

        await pupil.Page.Keyboard.TypeAsync("Grace");
        await pupil.Page.Keyboard.PressAsync("Enter");
        await pupil.BeLiveAsync();
        pupil.HasNoComplaints();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Qr_Code_Of_An_Invite_Is_Read_As_Its_Link(ColorScheme scheme)
    {
        await _host.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await _host.Page.GetByLabel("Works for").First.SelectOptionAsync("an hour");
        await _host.Page.GetByLabel("For how many people").FillAsync("2");
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Create invite" }).ClickAsync();
        var code = _host.Page.GetByRole(AriaRole.Img, new() { Name = "QR code of the invite’s link" });
        var picture = await code.ScreenshotAsync();
        await _host.ShootAsync($"invite-qr-{scheme}");

        var url = await _host.Page.GetByRole(AriaRole.Textbox, new() { Name = "Link" }).InputValueAsync();
        Assert.Equal(url, await QrCodes.ReadAsync(site, picture));
        Assert.True((await code.BoundingBoxAsync())!.Width >= 200);
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await Expect(_host.Page.Locator(".invites")).ToContainTextAsync(["Used 0 of 2 times."]);
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Host_Exports_The_Attendance_And_Hands_The_Room_Over()
    {
        var (secret, _) = await _host.InviteAsync("Participant");
        var other = await PersonAsync("Grace");
        await other.JoinByLinkAsync(secret);
        await _host.Page.Locator(".header-tools .menu > button").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Attendance" }).ClickAsync();
        var address = await _host.Page.Locator("dialog a[href*=attendance]").EvaluateAsync<string>("link => link.href");
        var csv = await _host.Page.EvaluateAsync<string>("async address => (await fetch(address)).text()", address);
        Assert.Contains("\"Grace\",participant,", csv, StringComparison.Ordinal);
        await _host.Page.Keyboard.PressAsync("Escape");

        _host.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await People(_host).Filter(new() { HasText = "Grace" }).Locator(".menu > button").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Hand the room over" }).ClickAsync();

        await Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true })).ToBeVisibleAsync();
        await Expect(_host.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true })).ToHaveCountAsync(0);
        await Expect(People(other).Filter(new() { HasText = "Ada" }).Locator(".role")).ToHaveTextAsync("participant");
        _host.HasNoComplaints();
        other.HasNoComplaints();
    }

    private static ILocator People(Person person) => person.Page.Locator(".people li");

    private async Task<Person> PersonAsync(string name)
    {
        var person = await site.CreatePersonAsync(name);
        _people.Add(person);
        return person;
    }
}
