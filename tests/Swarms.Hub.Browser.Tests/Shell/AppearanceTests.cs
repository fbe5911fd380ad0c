namespace Swarms.Hub.Browser;

/// <summary>The system's wishes (forced colours, less motion), and names and tasks in other scripts.</summary>
public sealed class AppearanceTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private IPage Page => _host.Page;

    public ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Forced_Colours_Leave_Dots_States_And_Carets_Visible()
    {
        await OpenAsync(new() { ForcedColors = ForcedColors.Active });
        await _host.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        await _host.Run("An endless story").GrowBeyondAsync(50);

        foreach (var (selector, pseudo) in ((string, string)[])
        [
            (".connection", "::before"), (".people .dot", ""), (".state", ""),
        ])
        {
            Assert.True(
                await Page.Locator(selector).First.EvaluateAsync<bool>(
                    """
                    (element, pseudo) => {
                      const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element, pseudo);
                      const paper = getComputedStyle(document.body).backgroundColor;
                      return (parseFloat(borderTopWidth) >= 1 && borderTopColor !== paper) || backgroundColor !== paper;
                    }
                    """,
                    pseudo),
                selector);
        }

        Assert.NotEqual("", await CaretAsync("backgroundColor"));
        Assert.NotEqual(
            await Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"), await CaretAsync("backgroundColor"));
        await _host.ShootAsync("forced-colours");
    }

    [Fact]
    public async Task Nothing_Moves_Where_The_System_Asks_For_Stillness()
    {
        await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await _host.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        await _host.Run("An endless story").GrowBeyondAsync(50);

        Assert.Equal("none", await CaretAsync("animationName"));
        Assert.Equal(0, await Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }

    [Fact]
    public async Task Task_Is_Read_In_The_Direction_Of_Each_Paragraph()
    {
        await OpenAsync(new());
        await _host.StartSimulationAsync("هذا نص عربي ينتهي بنقطة.\nAn English line.", chunks: 5, chunksPerSecond: 0);
        await _host.Run("An English line.").BeInStateAsync("done");

        var sides = await Page.Locator(".task p").EvaluateAsync<double[]>(
            """
            task => {
              const box = task.getBoundingClientRect();
              const text = task.firstChild;
              return [0, text.data.indexOf('.'), text.data.indexOf('An')].map(at => {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                return range.getBoundingClientRect().left - box.left;
              });
            }
            """);

        // The Arabic line begins at the right and its full stop is at its left end; the English line begins at the left.
        Assert.True(sides[0] > 300, $"{sides[0]}");
        Assert.True(sides[1] < sides[0] - 50, $"{sides[1]}");
        Assert.InRange(sides[2], 0, 3);
        await _host.ShootAsync("right-to-left");
    }

    [Fact]
    public async Task Marks_Over_Marks_Stay_In_Their_Own_Box()
    {
        await OpenAsync(new());
        var zalgo = string.Concat(Enumerable.Repeat("H" + string.Concat(Enumerable.Repeat("̂", 200)), 12));
        await _host.StartSimulationAsync($"tall {zalgo}", chunks: 5, chunksPerSecond: 0);
        await _host.Run("tall").BeInStateAsync("done");
        await Page.GetByLabel("Message", new() { Exact = true }).FillAsync(zalgo);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".message")).ToHaveCountAsync(1);
        await _host.ShootAsync("marks");

        string[] boxes = [".task p", ".run-title h3", ".message .said", ".message header", ".people .name", ".room-header h1"];
        foreach (var box in boxes)
        {
            var overflow = await Page.Locator(box).Last.EvaluateAsync<string>("element => getComputedStyle(element).overflowY");
            Assert.NotEqual("visible", overflow);
        }
    }

    private async Task OpenAsync(BrowserNewContextOptions options)
    {
        _host = await site.CreatePersonAsync("Ada", options);
        await _host.CreateRoomAsync("Biology, Tuesday");
    }

    /// <summary>The block that blinks at the end of a text that grows.</summary>
    private async Task<string> CaretAsync(string property) => await Page.EvaluateAsync<string>(
        """
        property => [...document.querySelectorAll('.growing *')].map(element => getComputedStyle(element, '::after'))
          .find(style => style.content !== 'none' && style.content !== 'normal')?.[property] ?? ''
        """,
        property);
}
