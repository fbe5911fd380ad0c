namespace Swarms.Hub.Browser;

/// <summary>The announcements for screen readers.</summary>
public sealed class ListeningTests(HubAndBrowser site) : IAsyncLifetime
{
    private Person _host = null!;

    private IPage Page => _host.Page;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _host = await site.CreatePersonAsync("Ada");
        await _host.CreateRoomAsync("Biology, Tuesday");
        // Keeps the lines as they are added, which is what a screen reader hears.
        await Page.EvaluateAsync(
            """
            () => {
              window.heard = [];
              const live = node => node.parentElement?.closest('.room > [role=status], [data-reads]');
              new MutationObserver(changes => changes.flatMap(change => [...change.addedNodes])
                .forEach(node => node.nodeName === 'P' && live(node) && window.heard.push(node.textContent)))
                .observe(document.body, { subtree: true, childList: true });
            }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Every_Ending_Is_Announced_Equal_Ones_Too()
    {
        foreach (var task in (string[])["First story", "Second story", "Third story"])
        {
            await _host.StartSimulationAsync(task, chunks: 5, chunksPerSecond: 0);
            await _host.Run(task).BeInStateAsync("done");
        }

        await Page.WaitForFunctionAsync("() => window.heard.filter(line => line === 'Teller: Done.').length === 3");
    }

    [Fact]
    public async Task Chosen_Run_Is_Read_Out_By_Whole_Sentences()
    {
        const string Text =
            "# Light\n\nA leaf *catches* light. It makes 3.5 grams of sugar! Is that much? See [the page](https://example.org). End";
        await Page.EvaluateAsync(
            """
            async ({ room, text }) => {
              const simulation = { text, chunkBytes: 3, chunksPerSecond: 20 };
              await fetch(`/api/rooms/${room}/runs`, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ kind: 'agent', request: { agent_config: { agent_name: 'Teller' }, task: 'Leaves', simulation } }),
              });
            }
            """,
            new { room = _host.RoomId, text = Text });
        await Page.GetByLabel("More tools of the run").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Read aloud to screen readers" }).ClickAsync();
        await _host.Run("Leaves").BeInStateAsync("done");

        await Page.WaitForFunctionAsync("() => window.heard.includes('End')");
        Assert.Equal(
            ["Light", "A leaf catches light.", "It makes 3.5 grams of sugar!", "Is that much?", "See the page.", "End"],
            await Page.EvaluateAsync<string[]>("() => window.heard.filter(line => !line.startsWith('Teller:'))"));
    }

    [Fact]
    public async Task Text_That_Grows_Is_Not_Spoken_Unless_It_Is_Chosen()
    {
        await _host.StartSimulationAsync("A short story", chunks: 40, chunksPerSecond: 0);
        await _host.Run("A short story").BeInStateAsync("done");

        await Page.WaitForFunctionAsync("() => window.heard.includes('Teller: Done.')");
        var heard = await Page.EvaluateAsync<string[]>("() => window.heard");
        Assert.All(heard, line => Assert.StartsWith("Teller:", line, StringComparison.Ordinal));
        Assert.Equal(0, await Page.Locator(":is([aria-live], [role=log], [role=status]) .run .text").CountAsync());
    }
}
