namespace Swarms.Hub.Browser;

/// <summary>Several agents get one task side by side, and nobody knows who is who until the host reveals it.</summary>
public sealed class RacesPageTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<Person> _people = [];

    public ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in Enumerable.Reverse(_people))
            await person.DisposeAsync();
    }

    [Theory]
    [InlineData(1280, 860)]
    [InlineData(375, 812)]
    public async Task Blind_Race_Is_Started_Voted_For_And_Revealed(int width, int height)
    {
        var host = await site.CreatePersonAsync("Ada", viewport: new() { Width = width, Height = height });
        _people.Add(host);
        await host.CreateRoomAsync("Biology, Tuesday");
        await host.SetAgentAsync("hare", "Hare");
        await host.SetAgentAsync("tortoise", "Tortoise");
        var (secret, _) = await host.InviteAsync("Participant");
        var pupil = await site.CreatePersonAsync("Grace");
        _people.Add(pupil);
        await pupil.JoinByLinkAsync(secret);

        await host.Page.GetByLabel("Task", new() { Exact = true }).FillAsync("A haiku about speed");
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await host.Page.GetByLabel("Compare several agents side by side").CheckAsync();
        await host.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Hare" }).CheckAsync();
        await host.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Tortoise" }).CheckAsync();
        await host.Page.GetByLabel("Blind: hide who is who").CheckAsync();
        await host.ShootAsync($"race-choice-{width}");
        Assert.Empty(await host.FindViolationsAsync());
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Start race" }).ClickAsync();

        var race = pupil.Page.GetByRole(AriaRole.Region, new() { Name = "Side by side" });
        await Expect(race.Locator(".run[data-state='done']")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await Expect(race).ToContainTextAsync("Agent 1");
        await Expect(race).ToContainTextAsync("Agent 2");
        // The simulator's own texts say which agent was asked: texts can tell.
        await Expect(race.Locator(".run-title", new() { HasText = "Hare" })).ToHaveCountAsync(0);
        await Expect(race.Locator("footer", new() { HasText = "$" })).ToHaveCountAsync(0);
        await race.GetByRole(AriaRole.Button, new() { Name = "Vote · 0 for Agent 2" }).ClickAsync();
        await Expect(race.GetByRole(AriaRole.Button, new() { Name = "Voted · 1 for Agent 2" })).ToBeVisibleAsync();
        var columns = host.Page.GetByRole(AriaRole.Region, new() { Name = "Side by side" }).Locator(".race-runs .run");
        if (width == 375)
        {
            // A phone shows one column; the buttons above, as a swipe, lead to the others.
            await Expect(columns.Nth(1)).Not.ToBeInViewportAsync(new() { Ratio = 0.5f });
            await host.Page.GetByRole(AriaRole.Group, new() { Name = "Runs of this race" })
                .GetByRole(AriaRole.Button, new() { Name = "Agent 2" }).ClickAsync();
            await Expect(columns.Nth(1)).ToBeInViewportAsync();
            await Expect(host.Page.Locator(".race-tabs [aria-pressed=true]")).ToHaveTextAsync("Agent 2");
        }
        else
        {
            var heights = await columns.EvaluateAllAsync<double[]>("runs => runs.map(run => run.getBoundingClientRect().height)");
            Assert.Equal(heights[0], heights[1], 1.0);
        }

        await host.ShootAsync($"race-blind-{width}");
        Assert.Empty(await host.FindViolationsAsync());

        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Reveal who is who" }).ClickAsync();

        await Expect(race.Locator(".race-results")).ToContainTextAsync("Results, revealed by Ada");
        await Expect(race.Locator(".race-results li").First).ToContainTextAsync("1 vote · your vote");
        await Expect(race.Locator(".run-title", new() { HasText = "Hare" })).ToHaveCountAsync(1);
        await Expect(race.Locator(".run-title", new() { HasText = "Tortoise" })).ToHaveCountAsync(1);
        await Expect(race.GetByRole(AriaRole.Button, new() { Name = "for Agent" })).ToHaveCountAsync(0);
        await host.ShootAsync($"race-revealed-{width}");
        Assert.Empty(await host.FindViolationsAsync());
        host.HasNoComplaints();
        pupil.HasNoComplaints();
    }
}
