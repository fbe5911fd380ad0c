using System.Net.Http.Json;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Testing.ScriptedStory;

namespace Swarms.Hub.Browser;

/// <summary>A run in a page of another origin, by the element that the hub serves.</summary>
public sealed class EmbeddedRunTests(HubAndBrowser site)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_Of_Another_Origin_Shows_The_Run_Through_A_Cut_Until_Its_Token_Is_Revoked()
    {
        site.SkipWhereSomethingIsMissing();
        await using var story = await ScriptedStory.StartAsync();
        await using var hub = await HubProcess.StartNewAsync(story.HubSettings);
        await using var network = new CuttableNetwork(hub.Address);
        var room = await hub.CreateRoomAsync();
        var run = await hub.StartRunAsync(room, new { }, "Write about a robot");
        using var host = hub.CreateClient(room.Token);
        var (shown, hidden) = (await EmbedAsync(host, room, run), await EmbedAsync(host, room, run, hideTask: true));

        await using var foreign = await ForeignPage.OpenAsync(
            await site.OpenPageAsync(),
            $"""
            <script type="module" src="{network.Address}embed/swarms-run.js"></script>
            <swarms-run id="one" run="{run.Id}" token="{shown.Token}" heading="A story" theme="dark"></swarms-run>
            <swarms-run id="two" run="{run.Id}" token="{hidden.Token}" theme="light"></swarms-run>
            <swarms-run id="three" run="{run.Id}" token="she_wrong"></swarms-run>
            """);
        var (one, two) = (foreign.Page.Locator("#one"), foreign.Page.Locator("#two"));
        await Expect(one.Locator(".text")).ToHaveTextAsync(First);
        await Expect(one.Locator(".heading")).ToHaveTextAsync("A story");
        await Expect(one.Locator(".task")).ToHaveTextAsync("Write about a robot");
        await Expect(two.Locator(".text")).ToHaveTextAsync(First);
        await Expect(two.Locator(".task")).ToBeHiddenAsync();
        await Expect(foreign.Page.Locator("#three .notice")).ToHaveTextAsync("This view has expired or was taken back.");
        Assert.Equal([ErrorCodes.Unauthenticated], await foreign.ErrorsAsync());
        await ShootAsync(foreign.Page, "embed-writing");

        network.Cut();
        await Expect(one.Locator(".notice")).Not.ToBeEmptyAsync();
        story.TellSecond();
        network.Mend();
        await Expect(one.Locator(".text")).ToHaveTextAsync(First + Second);
        story.TellThird();

        await Expect(one.Locator(".state")).ToHaveTextAsync("Done");
        Assert.Equal(First + Second + Third, await one.Locator(".text").TextContentAsync());
        await Expect(one.Locator(".notice")).ToBeHiddenAsync();
        await Expect(one.GetByRole(AriaRole.Status)).ToHaveTextAsync("The run has ended: Done");
        Assert.Equal([network.Address.Authority], foreign.OtherServers);
        Assert.Empty(await foreign.Page.Context.CookiesAsync());
        await ShootAsync(foreign.Page, "embed-done");

        using var revoked = await host.DeleteAsync($"api/rooms/{room.Room.Id}/embeds/{shown.Embed.Id}", CancellationToken);
        revoked.EnsureSuccessStatusCode();
        await Expect(one.Locator(".notice")).ToHaveTextAsync("This view has expired or was taken back.");
        await Expect(one.Locator(".text")).ToBeEmptyAsync();
        await Expect(two.Locator(".text")).ToHaveTextAsync(First + Second + Third);
    }

    [Fact]
    public async Task Hostile_Text_Becomes_No_Markup_In_The_Page_Around()
    {
        site.SkipWhereSomethingIsMissing();
        await using var host = await site.CreatePersonAsync("Ada");
        await host.CreateRoomAsync("Hostile");
        const string Text =
            """
            # Heading

            <img src=x onerror="document.title='hacked'"> <script>document.title='hacked'</script>

            - [good](https://example.org/) and [bad](javascript:document.title='hacked') and **bold _both_**
            - two

            | a | b |
            | - | - |
            | 1 | `<b>` |

            ```html
            <svg onload="document.title='hacked'">
            """;
        await host.StartTextAsync("Tell it all", Text);
        await Expect(host.Page.Locator(".run .state")).ToContainTextAsync("Done");
        var run = await host.Page.Locator(".run").GetAttributeAsync("data-run");
        var token = await host.Page.EvaluateAsync<string>(
            """
            async ({ path, run }) => {
              const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ run }) };
              return (await (await fetch(path, init)).json()).token;
            }
            """,
            new { path = $"/api/rooms/{host.RoomId}/embeds", run });
        await using var foreign = await ForeignPage.OpenAsync(
            await site.OpenPageAsync(),
            $"""
            <script type="module" src="{site.Address}embed/swarms-run.js"></script>
            <swarms-run run="{run}" token="{token}"></swarms-run>
            """);
        var text = foreign.Page.Locator("swarms-run .text");

        await Expect(foreign.Page.Locator("swarms-run .state")).ToHaveTextAsync("Done");

        await Expect(text.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Heading");
        await Expect(text.Locator("strong em")).ToHaveTextAsync("both");
        await Expect(text.Locator("td code")).ToHaveTextAsync("<b>");
        await Expect(text.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://example.org/");
        await Expect(text.Locator("img, script, svg, [onerror]")).ToHaveCountAsync(0);
        Assert.Equal("A blog", await foreign.Page.TitleAsync());
        await ShootAsync(foreign.Page, "embed-formatted");
    }

    [Fact]
    public async Task Host_Makes_The_Lines_In_The_Runs_Menu_And_Takes_Them_Back()
    {
        site.SkipWhereSomethingIsMissing();
        await using var host = await site.CreatePersonAsync("Ada");
        await host.CreateRoomAsync("Biology, Tuesday");
        await host.StartTextAsync("Tell of leaves", "Leaves are green.");
        var card = host.Page.Locator(".run", new() { HasText = "Tell of leaves" });
        await Expect(card.Locator(".state")).ToContainTextAsync("Done");

        await card.Locator(".menu > button").ClickAsync();
        await host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Embed…" }).ClickAsync();
        var dialog = host.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Works for").SelectOptionAsync("day");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the lines" }).ClickAsync();
        var lines = await dialog.Locator("pre").TextContentAsync();
        await Expect(dialog.Locator("li")).ToHaveCountAsync(1);
        Assert.Empty(await host.FindViolationsAsync());
        await host.ShootAsync("embed-dialog");

        await using var foreign = await ForeignPage.OpenAsync(await site.OpenPageAsync(), lines!);
        await Expect(foreign.Page.Locator("swarms-run .text")).ToHaveTextAsync("Leaves are green.");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take back the one made" }).ClickAsync();
        await Expect(dialog.Locator("li")).ToHaveCountAsync(0);
        await Expect(foreign.Page.Locator("swarms-run .notice")).ToHaveTextAsync("This view has expired or was taken back.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        host.HasNoComplaints();
    }

    private static async Task<EmbedCreated> EmbedAsync(HttpClient host, RoomAdmission room, Run run, bool hideTask = false)
    {
        using var answer = await host.PostAsJsonAsync($"api/rooms/{room.Room.Id}/embeds", new { run = run.Id, hideTask }, CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<EmbedCreated>(ProtocolJson.Options, CancellationToken))!;
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SWARMS_HUB_PICTURES") == "1")
            await page.ScreenshotAsync(new() { Path = Path.Combine(BuiltHub.Pictures, $"{name}.png"), FullPage = true });
    }
}
