using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

/// <summary>What one looks up after a lesson: the search, the figures, the files, and who was there.</summary>
public sealed class FindingTests(LookedBackRoom room) : IClassFixture<LookedBackRoom>
{
    private IPage Page => room.Host.Page;

    [Fact]
    public async Task Hit_Is_Shown_In_Its_Text_Opens_By_Keyboard_And_Has_Its_Words_Marked()
    {
        await room.OpenAsync(room.Host);
        await room.Host.BeLiveAsync();
        await Page.Locator(".runs").FocusAsync();
        await Page.Keyboard.PressAsync("/");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Searchbox).FillAsync("chlorophyll");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(".search-results mark")).ToHaveTextAsync(["Chlorophyll", "chlorophyll"]);

        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(".found .text")).ToContainTextAsync("catches the light");
        await Page.WaitForFunctionAsync("() => CSS.highlights.get('found')?.size === 2");
        Assert.Empty(await room.Host.FindViolationsAsync());
        await room.Host.ShootAsync("search-hit");

        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator("[data-found]")).ToBeFocusedAsync();
        room.Host.HasNoComplaints();
    }

    [Fact]
    public async Task Search_Is_Narrowed_By_Kind_And_Person_And_A_Message_Leads_To_Its_Moment()
    {
        await room.OpenAsync(room.Host);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Search all runs" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Searchbox).FillAsync("leaves");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator(".search-results li")).ToHaveCountAsync(2);

        await dialog.Locator(".search-filters summary").ClickAsync();
        await dialog.GetByLabel("Find").SelectOptionAsync("message");
        await Expect(dialog.Locator(".search-results li")).ToHaveCountAsync(1);
        await dialog.GetByLabel("From").SelectOptionAsync(new SelectOptionValue { Label = "Ada" });
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nothing found.");
        await dialog.GetByLabel("From").SelectOptionAsync(new SelectOptionValue { Label = "Linus" });
        await dialog.Locator("[data-found]").ClickAsync();
        await Expect(dialog.Locator("[data-hit='true']")).ToContainTextAsync("at night");

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Show this moment in the replay" }).ClickAsync();
        await Expect(Page.Locator(".replay .message[data-now='true']")).ToContainTextAsync("at night");
        room.Host.HasNoComplaints();
    }

    [Fact]
    public async Task Figures_Are_Plots_And_A_Table_And_Costs_Are_For_Those_Who_May_See_Them()
    {
        var dialog = await room.OpenDialogAsync(room.Host, "Figures");
        await Expect(dialog.Locator(".plot figcaption")).ToHaveTextAsync(
            ["Tokens so far", "Cost so far", "Time to the first word, for each run", "Words per second, for each run"]);
        await Expect(dialog.Locator(".plot canvas")).ToHaveCountAsync(4);
        var table = dialog.GetByRole(AriaRole.Table).First;
        await Expect(table.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(table.Locator("tbody tr")).ToContainTextAsync(new Regex(@"Teller\D*2\D*[\d,]+\D*\$0\.\d+"));
        Assert.Empty(await room.Host.FindViolationsAsync());
        await room.Host.ShootAsync("figures");
        await dialog.GetByLabel("By person").CheckAsync();
        await Expect(table.Locator("tbody th")).ToHaveTextAsync(["Ada"]);

        dialog = await room.OpenDialogAsync(room.Participant, "Figures");
        await Expect(dialog.Locator(".plot figcaption")).ToHaveTextAsync(
            ["Tokens so far", "Time to the first word, for each run", "Words per second, for each run"]);
        await Expect(dialog).Not.ToContainTextAsync("$");
        room.Host.HasNoComplaints();
        room.Participant.HasNoComplaints();
    }

    [Fact]
    public async Task Every_File_Of_The_Room_Or_A_Run_Is_In_One_Dialog()
    {
        var dialog = await room.OpenDialogAsync(room.Host, "Exports");
        await dialog.GetByLabel("Times in").SelectOptionAsync("Europe/Berlin");
        await Expect(dialog.Locator(".exports a")).ToHaveCountAsync(7);
        Assert.Empty(await room.Host.FindViolationsAsync());
        await room.Host.ShootAsync("exports");
        foreach (var link in await dialog.Locator(".exports a").AllAsync())
        {
            var waiting = Page.WaitForDownloadAsync();
            await link.ClickAsync();
            var download = await waiting;
            Assert.NotEmpty(await File.ReadAllBytesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken));
            Assert.Matches("zone=Europe%2FBerlin|attendance", download.Url);
        }

        await dialog.Locator(".exports-of select").First.SelectOptionAsync(new SelectOptionValue { Label = "Teller: Explain leaves" });
        await Expect(dialog.Locator(".exports a")).ToHaveCountAsync(5);
        await Expect(dialog.Locator(".exports a[href*='/runs/']")).ToHaveCountAsync(5);
        room.Host.HasNoComplaints();
    }

    [Fact]
    public async Task Hosts_Alone_See_Who_Was_There_And_How_Long()
    {
        var dialog = await room.OpenDialogAsync(room.Host, "Attendance");
        await Expect(dialog.Locator("tbody tr")).ToHaveCountAsync(2);
        var linus = dialog.Locator("tbody tr", new() { HasText = "Linus" });
        await Expect(linus).ToContainTextAsync("participant");
        await Expect(linus.Locator("rect").First).ToBeAttachedAsync();
        Assert.Empty(await room.Host.FindViolationsAsync());
        await room.Host.ShootAsync("attendance");

        await room.OpenAsync(room.Participant);
        await room.Participant.BeLiveAsync();
        await room.Participant.Page.Locator(".header-tools .menu > button").ClickAsync();
        await Expect(room.Participant.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Exports" })).ToBeVisibleAsync();
        await Expect(room.Participant.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Attendance" })).ToHaveCountAsync(0);
        room.Host.HasNoComplaints();
        room.Participant.HasNoComplaints();
    }
}
