namespace Swarms.Hub.Browser;

public sealed class RoomPageTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _things = [];
    private Person _host = null!;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await PersonAsync("Ada");
        await _host.CreateRoomOnPageAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_In_A_Room_Sees_The_Same_Text_Grow()
    {
        var participant = await JoinAsync("Grace", "Participant");
        var viewer = await JoinAsync("Linus", "Viewer");
        Person[] all = [_host, participant, viewer];

        await _host.StartRunAsync("Explain photosynthesis.");
        var growing = new List<string>();
        foreach (var person in all)
            growing.Add(await person.Run("Explain photosynthesis.").GrowBeyondAsync(20));

        await _host.Run("Explain photosynthesis.").BeInStateAsync("done");
        var text = await _host.Run("Explain photosynthesis.").ReadAsync();
        foreach (var person in all)
        {
            var run = person.Run("Explain photosynthesis.");
            await run.BeInStateAsync("done");
            await run.BeVerifiedAsync();
            Assert.Equal(text, await run.ReadAsync());
            person.HasNoComplaints();
        }

        Assert.All(growing, part => Assert.StartsWith(part, text, StringComparison.Ordinal));
        Assert.All(growing, part => Assert.NotEqual(text, part));
    }

    [Fact]
    public async Task Viewer_Whose_Network_Is_Cut_In_Mid_Run_Ends_With_The_Same_Text()
    {
        var network = Keep(new CuttableNetwork(site.Address));
        var viewer = await JoinAsync("Linus", "Viewer", network.Address);
        await _host.StartSimulationAsync("A long story", chunks: 300, chunksPerSecond: 40);
        var onHost = _host.Run("A long story");
        var onViewer = viewer.Run("A long story");

        for (var times = 1; times <= 2; times++)
        {
            await onViewer.GrowBeyondAsync((await onViewer.ReadAsync()).Length);
            network.Cut();
            await Expect(viewer.Connection).Not.ToHaveAttributeAsync("data-state", "live");
            var atCut = await onViewer.ReadAllAsync();
            await onHost.GrowBeyondAsync(atCut.Length + 100);
            Assert.Equal(atCut, await onViewer.ReadAsync());
            network.Mend();
            await viewer.BeLiveAsync();
            Assert.Equal(times, viewer.TimesResumed);
        }

        await onHost.BeInStateAsync("done");
        await onViewer.BeInStateAsync("done");
        await onViewer.BeVerifiedAsync();
        Assert.Equal(await onHost.ReadAsync(), await onViewer.ReadAsync());
        _host.HasNoComplaints();
        viewer.HasNoComplaints("net::ERR_", "WebSocket connection to");
    }

    [Fact]
    public async Task Viewer_Whose_Connection_Went_Silent_Resumes_When_The_Network_Is_Back()
    {
        var network = Keep(new CuttableNetwork(site.Address));
        var viewer = await JoinAsync("Linus", "Viewer", network.Address);
        await _host.StartSimulationAsync("A long story", chunks: 500, chunksPerSecond: 40);
        await viewer.Run("A long story").GrowBeyondAsync(50);

        network.Silence();
        await viewer.SetOfflineAsync(true);
        await viewer.SetOfflineAsync(false);

        await viewer.Run("A long story").BeInStateAsync("done");
        await viewer.Run("A long story").BeVerifiedAsync();
        Assert.Equal(1, viewer.TimesResumed);
        viewer.HasNoComplaints("net::ERR_", "WebSocket connection to");
    }

    [Fact]
    public async Task Late_Joiner_Gets_The_Text_So_Far_And_What_Follows()
    {
        await _host.StartSimulationAsync("A long story", chunks: 200, chunksPerSecond: 40);
        var before = await _host.Run("A long story").GrowBeyondAsync(200);

        var late = await JoinAsync("Linus", "Viewer");
        Assert.StartsWith(before, await late.Run("A long story").GrowBeyondAsync(before.Length), StringComparison.Ordinal);

        await late.Run("A long story").BeInStateAsync("done");
        await late.Run("A long story").BeVerifiedAsync();
        await _host.Run("A long story").BeInStateAsync("done");
        Assert.Equal(await _host.Run("A long story").ReadAsync(), await late.Run("A long story").ReadAsync());
        late.HasNoComplaints();
    }

    [Fact]
    public async Task Cancelled_Run_Stops_For_Everybody_And_Keeps_Its_Text()
    {
        var viewer = await JoinAsync("Linus", "Viewer");
        await _host.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        var seen = await viewer.Run("An endless story").GrowBeyondAsync(50);
        Assert.Equal(0, await viewer.Run("An endless story").Card.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).CountAsync());

        await _host.Run("An endless story").CancelAsync();

        await _host.Run("An endless story").BeInStateAsync("cancelled");
        await viewer.Run("An endless story").BeInStateAsync("cancelled");
        var text = await viewer.Run("An endless story").ReadAsync();
        Assert.StartsWith(seen, text, StringComparison.Ordinal);
        Assert.Equal(await _host.Run("An endless story").ReadAsync(), text);
        _host.HasNoComplaints();
        viewer.HasNoComplaints();
    }

    [Fact]
    public async Task Page_That_Is_Loaded_Again_Shows_The_Same_Room()
    {
        await _host.StartSimulationAsync("A short story", chunks: 40, chunksPerSecond: 0);
        await _host.Run("A short story").BeInStateAsync("done");
        var text = await _host.Run("A short story").ReadAsync();

        await _host.Page.ReloadAsync();

        await _host.Run("A short story").BeVerifiedAsync();
        Assert.Equal(text, await _host.Run("A short story").ReadAsync());
        await Expect(_host.Page.GetByRole(AriaRole.Button, new() { Name = "Invite" })).ToBeVisibleAsync();
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Person_Without_Access_Is_Told_So_And_Can_Join_By_Code()
    {
        var (_, code) = await _host.InviteAsync("Viewer");
        var stranger = await PersonAsync("Linus");
        await stranger.Page.GotoAsync(_host.Page.Url);
        await Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Name = "You are not in this room" })).ToBeVisibleAsync();

        await stranger.Page.GetByLabel("Code or link").FillAsync(code);
        await stranger.Page.GetByLabel("Your name").FillAsync("Linus");
        await stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();

        await stranger.BeLiveAsync();
        await Expect(_host.Page.Locator(".people li", new() { HasText = "Linus" })).ToHaveAttributeAsync("data-online", "true");
        stranger.HasNoComplaints("401");
    }

    [Fact]
    public async Task Removed_Member_Sees_The_Room_No_More()
    {
        var viewer = await JoinAsync("Linus", "Viewer");
        var linus = _host.Page.Locator(".people li", new() { HasText = "Linus" });
        await linus.Locator(".menu > button").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" }).ClickAsync();
        var dialog = _host.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(viewer.Page.GetByRole(AriaRole.Heading, new() { Name = "You are no longer in this room" })).ToBeVisibleAsync();
        await Expect(linus).ToHaveCountAsync(0);
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Talk_And_Hands_Reach_The_Others()
    {
        var viewer = await JoinAsync("Linus", "Viewer");
        await viewer.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("<b>Hello</b> & \"welcome\" 👋");
        await viewer.Page.Keyboard.PressAsync("Enter");
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();

        var message = _host.Page.Locator(".message", new() { HasText = "<b>Hello</b> & \"welcome\" 👋" });
        await message.HoverAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = "🎉" }).ClickAsync();

        await Expect(viewer.Page.Locator(".reaction", new() { HasText = "🎉 1" })).ToBeVisibleAsync();
        await Expect(_host.Page.Locator(".people li", new() { HasText = "Linus" }).GetByRole(AriaRole.Img, new() { Name = "Hand raised" }))
            .ToBeVisibleAsync();
        _host.HasNoComplaints();
        viewer.HasNoComplaints();
    }

    [Fact]
    public async Task Swarm_Shows_Its_Agents_Side_By_Side()
    {
        var participant = await JoinAsync("Grace", "Participant");
        await JoinAsync("Linus", "Viewer");
        await participant.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("Somebody should ask the parents, too.");
        await participant.Page.Keyboard.PressAsync("Enter");
        await participant.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();
        await Expect(_host.Page.Locator(".message")).ToHaveCountAsync(1);
        await _host.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await _host.Page.GetByLabel("Several agents").CheckAsync();
        await _host.Page.GetByText("Swarm of 2").ClickAsync();

        await _host.StartRunAsync("Should schools start later in the morning?");
        await _host.Run("Should schools").BeInStateAsync("running");
        await Expect(_host.Page.Locator(".parts section")).ToHaveCountAsync(2);
        await _host.Page.WaitForFunctionAsync("() => document.querySelector('.parts').textContent.length > 500");
        await _host.Run("Should schools").BeInStateAsync("running");

        // This makes the README's picture.
        if (Environment.GetEnvironmentVariable("UPDATE_SCREENSHOT") == "1")
            await _host.Page.ScreenshotAsync(new() { Path = BuiltHub.Screenshot });
        _host.HasNoComplaints();
    }

    private async Task<Person> JoinAsync(string name, string role, Uri? address = null)
    {
        var (secret, _) = await _host.InviteAsync(role);
        var person = await PersonAsync(name, address);
        await person.JoinOnPageAsync(secret);
        return person;
    }

    private async Task<Person> PersonAsync(string name, Uri? address = null) => Keep(await site.CreatePersonAsync(name, address));

    private T Keep<T>(T thing) where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }
}
