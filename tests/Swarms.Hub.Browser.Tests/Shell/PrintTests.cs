using System.Text;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

public sealed partial class PrintTests(HubAndBrowser site) : IAsyncLifetime
{
    private static readonly string[] Tasks = ["First story", "Second story", "Third story", "Fourth story"];

    private Person _host = null!;

    private IPage Page => _host.Page;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada", new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
        await _host.CreateRoomAsync("Biology, Tuesday");
        foreach (var task in Tasks)
        {
            await _host.StartSimulationAsync(task, chunks: 900, chunksPerSecond: 0);
            await _host.Run(task).BeInStateAsync("done");
        }

        await Page.GetByLabel("Message", new() { Exact = true }).FillAsync("That was good.");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".message")).ToHaveCountAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Room_Prints_All_Its_Runs_And_Messages_On_As_Many_Pages_As_They_Fill()
    {
        await KeepPrintAsync();
        await OpenMenuAsync(".header-tools");
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Print or save as PDF" }).ClickAsync();

        await Page.WaitForFunctionAsync("() => window.printed");
        var texts = await Page.EvaluateAsync<string[]>("() => window.printed");
        Assert.Equal(Tasks.Length, texts.Length);
        Assert.All(texts.Zip(Tasks), text => Assert.Contains(text.Second, text.First, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.True(text.Length > 3000));
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(Page.Locator(".message")).ToBeVisibleAsync();
        await HasNoControlsAsync();
        Assert.Equal("rgb(255, 255, 255)", await CardColourAsync());
        await _host.ShootAsync("print-room", isWhole: true);
        // A page of A4 holds some 3,000 characters: an empty page or a lost one would show.
        Assert.InRange(await PagesAsync("print-room"), texts.Sum(text => text.Length) / 4000, (texts.Sum(text => text.Length) / 2000) + 2);
    }

    [Fact]
    public async Task Run_Prints_Alone()
    {
        await KeepPrintAsync();
        await OpenMenuAsync("[data-slot]:nth-last-child(1) .run-tools");
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Print this run" }).ClickAsync();

        await Page.WaitForFunctionAsync("() => window.printed");
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(Page.Locator(".sheet .run")).ToContainTextAsync("Fourth story");
        await Expect(Page.Locator("#root")).ToBeHiddenAsync();
        await HasNoControlsAsync();
        var pages = await PagesAsync("print-run");
        Assert.InRange(pages, 1, 10);

        await Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        await Expect(Page.Locator(".sheet")).ToHaveCountAsync(0);
        await Expect(Page.Locator("#root")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Opened_Old_Run_Prints_Without_The_Room_Behind_It()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Search all runs" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByText("Second story").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog).Locator(".run .text")).ToBeVisibleAsync();

        Assert.InRange(await PagesAsync("print-opened"), 2, 4);
        await Expect(Page.Locator(".sheet")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Dialog).Locator(".run .text")).ToBeVisibleAsync();
    }

    /// <summary>Keeps what is there at the moment of printing, in place of the browser's own dialog.</summary>
    private async Task KeepPrintAsync() => await Page.EvaluateAsync(
        "() => { window.print = () => { window.printed = [...document.querySelectorAll('.runs .run .text')].map(e => e.textContent); }; }");

    private async Task OpenMenuAsync(string place) => await Page.Locator($"{place} .menu > button").ClickAsync();

    private async Task HasNoControlsAsync() => Assert.Equal(
        "",
        await Page.EvaluateAsync<string>(
            """
            () => [...document.querySelectorAll('button, [role=menu], input, textarea, select, nav')]
              .filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.outerHTML.slice(0, 80)).join()
            """));

    private async Task<string> CardColourAsync() =>
        await Page.Locator(".run").First.EvaluateAsync<string>("run => getComputedStyle(run).backgroundColor");

    private async Task<int> PagesAsync(string name)
    {
        var pdf = await Page.PdfAsync(new() { Format = "A4", Path = Path.Combine(BuiltHub.Pictures, $"{name}.pdf") });
        return PageObject().Count(Encoding.Latin1.GetString(pdf));
    }

    [GeneratedRegex("/Type */Page[^s]")]
    private static partial Regex PageObject();
}
