using System.Net.Http.Json;

namespace Swarms.Hub.Browser;

public sealed class PeopleListTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;
    private string _code = null!;

    private IPage Page => _host.Page;

    private ILocator People => Page.Locator(".people li");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        (_, _code) = await _host.InviteAsync("Participant");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("NNNNNNNNNNNNNNNNNNNNNNNNNNNNNN")]
    [InlineData("Maria Magdalena von und zu Hohenstein-Wallerstein")]
    [InlineData("مريم المجدلية من هوهنشتاين فالرشتاين وما حولها من البلاد")]
    public async Task Long_Name_Is_Cut_And_Roles_And_Menus_Stay_In_Reach(string name)
    {
        await JoinAsync("Bo");
        await JoinAsync(name);
        await Expect(People).ToHaveCountAsync(3);

        foreach (var member in await People.AllAsync())
        {
            var edges = await member.EvaluateAsync<double[]>(
                "li => [...li.querySelectorAll('.role, .menu > button')].map(e => e.getBoundingClientRect().right)");
            Assert.All(edges, edge => Assert.InRange(edge, 900, 1280));
        }

        Assert.Equal(0, await Page.Locator(".people ul").EvaluateAsync<double>("list => list.scrollWidth - list.clientWidth"));
        await People.Filter(new() { HasText = name }).Locator(".menu > button").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Make viewer" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await _host.ShootAsync($"people-long-{name.Length}");
    }

    [Fact]
    public async Task Menu_Of_The_Last_Of_41_Members_Is_Whole_And_A_Search_Finds_Anybody()
    {
        for (var i = 1; i <= 40; i++)
            await JoinAsync(i == 27 ? "Zoë Ångström" : $"Pupil {i}");
        await Expect(People).ToHaveCountAsync(41);

        await People.Last.ScrollIntoViewIfNeededAsync();
        await People.Last.Locator(".menu > button").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await _host.ShootAsync("people-41");
        await Page.Keyboard.PressAsync("Escape");

        await Page.GetByLabel("Search people").FillAsync("zoe ang");

        await Expect(People).ToHaveCountAsync(1);
        await Expect(People).ToContainTextAsync("Zoë Ångström");
    }

    [Fact]
    public async Task Raised_Hands_Stand_First_In_The_Order_In_Which_They_Rose()
    {
        var (secret, _) = await _host.InviteAsync("Viewer");
        await using var bo = await PupilAsync("Bo", secret);
        await using var cem = await PupilAsync("Cem", secret);
        await using var dana = await PupilAsync("Dana", secret);
        foreach (var pupil in (Person[])[dana, bo, cem])
        {
            await pupil.Page.GetByRole(AriaRole.Button, new() { Name = "Raise hand" }).ClickAsync();
            await Expect(People.Filter(new() { HasText = pupil.Name }).Locator(".hand")).ToBeVisibleAsync();
        }

        await Expect(People.Locator(".name > :first-child")).ToHaveTextAsync(["Dana", "Bo", "Cem", "Ada"]);
        await Expect(People.Nth(1).GetByRole(AriaRole.Img, new() { Name = "Hand raised, number 2" })).ToBeVisibleAsync();
        await _host.ShootAsync("people-hands");
    }

    private async Task<Person> PupilAsync(string name, string secret)
    {
        var pupil = await site.CreatePersonAsync(name);
        await pupil.JoinByLinkAsync(secret);
        return pupil;
    }

    private async Task JoinAsync(string name)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var answer = await client.PostAsJsonAsync("api/join", new { code = _code, name }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
