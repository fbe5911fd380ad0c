using System.Net;
using System.Net.Http.Headers;

namespace Swarms.Hub.Browser;

public sealed class ProgramsTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private IPage Page => _host.Page;

    private ILocator Programs => Page.GetByRole(AriaRole.Region, new() { Name = "Programs" });

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Host_Admits_A_Program_With_A_Token_That_Is_Shown_Once_And_Removes_It()
    {
        await OpenAsync();
        await Programs.GetByLabel("Name of the program").ClickAsync();
        await Page.Keyboard.TypeAsync("Grader");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("Viewer");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("a week");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");

        var token = await Programs.GetByRole(AriaRole.Textbox, new() { Name = "Token of Grader" }).InputValueAsync();
        await Programs.GetByRole(AriaRole.Button, new() { Name = "Copy Token of Grader" }).ClickAsync();
        await Expect(Programs.GetByRole(AriaRole.Button, new() { Name = "Copy Token of Grader" })).ToHaveTextAsync("Copied");
        var grader = Programs.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Grader" });
        await Expect(grader).ToContainTextAsync("viewer, by Ada");
        await Expect(grader).ToContainTextAsync("Works until");
        await _host.ShootAsync("programs");
        Assert.Equal(HttpStatusCode.OK, await ReadRoomAsync(token));

        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator(".people li")).ToContainTextAsync(["Ada", "Grader"]);
        await OpenAsync();
        await Expect(grader).ToBeVisibleAsync();
        await Expect(Programs.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(1);

        await grader.GetByRole(AriaRole.Button, new() { Name = "Remove Grader" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(grader).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadRoomAsync(token));
        _host.HasNoComplaints();
    }

    [Fact]
    public async Task Return_Link_Is_Taken_Back_Only_Where_There_Is_One()
    {
        var revoke = Page.GetByRole(AriaRole.Button, new() { Name = "Take your link back" });
        await OpenAsync("Way back");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" })).ToBeVisibleAsync();
        await Expect(revoke).ToHaveCountAsync(0);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await Expect(revoke).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await OpenAsync("Way back");

        await Expect(Page.GetByText("You have one")).ToBeVisibleAsync();
        await revoke.ClickAsync();
        await Expect(revoke).ToHaveCountAsync(0);
        _host.HasNoComplaints();
    }

    private async Task OpenAsync(string tab = "Programs")
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
    }

    private async Task<HttpStatusCode> ReadRoomAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync($"api/rooms/{_host.RoomId}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
