namespace Swarms.Hub.Browser;

/// <summary>A long text is folded far from the window, and nobody notices.</summary>
public sealed class FarGroupsTests(HubAndBrowser site) : IAsyncLifetime
{
    private const int Paragraphs = 400;
    private const string Task = "A long lesson";

    private static readonly string Lesson =
        string.Join("\n\n", Enumerable.Range(0, Paragraphs).Select(i => $"Paragraph {i} says *something* about `x{i}` and so on."));

    private Person _host = null!;

    private IPage Page => _host.Page;

    private RunOnPage Run => _host.Run(Task);

    private ILocator Folded => Run.Text.Locator(".folded");

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada", viewport: new() { Width = 1000, Height = 700 });
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await _host.CreateRoomAsync("Biology, Tuesday");
        await _host.StartTextAsync(Task, Lesson, chunksPerSecond: 1000);
        await Run.BeInStateAsync("done");
        await Expect(Folded.First).ToBeAttachedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Text_Is_Drawn_Again_Where_Its_Reader_Comes_And_Keeps_Its_Place()
    {
        var height = await Run.Text.EvaluateAsync<double>("text => text.getBoundingClientRect().height");
        Assert.True(await Run.Text.Locator("em").CountAsync() < Paragraphs / 2);

        await Run.Text.Locator(".group").First.EvaluateAsync("group => group.scrollIntoView()");

        await Expect(Run.Text.Locator(".group").First.Locator("em")).ToHaveCountAsync(16);
        await Expect(Run.Text.Locator(".group").First).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("folded"));
        await Expect(Run.Text.Locator(".group").Last).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex($"Paragraph {Paragraphs - 1} says something about x{Paragraphs - 1}"));
        Assert.Equal(height, await Run.Text.EvaluateAsync<double>("text => text.getBoundingClientRect().height"), 2.0);
    }

    [Fact]
    public async Task Copied_Selection_Holds_What_Is_Folded_As_It_Is_Shown()
    {
        await Run.Text.Locator(".formatted").EvaluateAsync(
            """
            text => {
              const selection = document.getSelection();
              selection.setBaseAndExtent(text, 0, text, text.childNodes.length);
            }
            """);
        await Page.Keyboard.PressAsync("Control+C");

        var copied = await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Equal(Lesson.Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal), copied.Trim());
    }

    [Fact]
    public async Task Print_Holds_Everything_As_It_Is_Shown()
    {
        await Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await Expect(Folded).ToHaveCountAsync(0);
        await Expect(Run.Text.Locator(".formatted em")).ToHaveCountAsync(Paragraphs);
    }

    [Fact]
    public async Task Copy_Of_The_Run_And_Its_Source_Are_Whole()
    {
        await Run.Card.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).First.ClickAsync();
        await Page.WaitForFunctionAsync("async length => (await navigator.clipboard.readText()).length === length", Lesson.Length);
        Assert.Equal(Lesson, await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        Assert.Equal(Lesson, await Run.ReadSourceAsync());
    }
}
