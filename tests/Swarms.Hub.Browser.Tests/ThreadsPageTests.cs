namespace Swarms.Hub.Browser;

/// <summary>A run is continued and tried again on the page.</summary>
public sealed class ThreadsPageTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private ILocator Field => _host.Page.GetByLabel("Task", new() { Exact = true });

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        await StartAsync("A haiku about rain");
        await _host.Run("A haiku about rain").BeInStateAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;

        await _host.CancelAllAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Run_Is_Continued_And_Says_Which_One_And_With_How_Many_Turns()
    {
        await _host.Run("A haiku about rain").Card.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
        await Expect(_host.Page.GetByText("Continues: A haiku about rain")).ToBeVisibleAsync();

        await StartAsync("Now about snow");

        var card = _host.Run("Now about snow").Card;
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Continues: A haiku about rain" })).ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("with 1 earlier turn");
        await Expect(_host.Page.Locator(".onward-bar")).ToHaveCountAsync(0);
        await _host.ShootAsync("threads-continued");
        Assert.Empty(await _host.FindViolationsAsync());
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Edited_Retry_Stands_In_The_Place_Of_The_Run_And_Both_Stay_Readable()
    {
        var first = _host.Run("A haiku about rain").Card;
        await first.GetByLabel("More tools of the run").ClickAsync();
        await _host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit and try again" }).ClickAsync();
        await Expect(Field).ToHaveValueAsync("A haiku about rain");

        await StartAsync("A haiku about hail");

        await Expect(_host.Run("A haiku about hail").Card).ToContainTextAsync("2 of 2");
        await Expect(first).ToContainTextAsync("1 of 2");
        // While the page follows a text, what one aims at moves.
        await _host.Run("A haiku about hail").BeInStateAsync("done");
        await first.GetByRole(AriaRole.Button, new() { Name = "A newer one stands in its place" }).ClickAsync();
        await Expect(_host.Run("A haiku about hail").Card).ToBeFocusedAsync();
        _host.HasNoComplaints();
    }

    private async Task StartAsync(string task)
    {
        await Field.FillAsync(task);
        await _host.Page.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
        await Expect(_host.Run(task).Card).ToBeVisibleAsync();
    }
}
