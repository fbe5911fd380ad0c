namespace Swarms.Hub.Browser;

/// <summary>A host sees a text first, masks a passage of it, and releases the rest.</summary>
public sealed class HoldBackPageTests(HubAndBrowser site) : IAsyncLifetime
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
    public async Task Passage_That_The_Host_Masks_Never_Comes_To_The_Others(int width, int height)
    {
        var host = await site.CreatePersonAsync("Ada", viewport: new() { Width = width, Height = height });
        _people.Add(host);
        await host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await host.InviteAsync("Participant");
        var pupil = await site.CreatePersonAsync("Grace");
        _people.Add(pupil);
        await pupil.JoinByLinkAsync(secret);
        await host.Page.Locator(".header-tools .menu > button").ClickAsync();
        await host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Room settings" }).ClickAsync();
        await host.Page.GetByLabel("Hold texts back").SelectOptionAsync("Until a host releases them");
        await Expect(host.Page.GetByLabel("Hosts keep what was held")).Not.ToBeCheckedAsync();
        await host.ShootAsync($"hold-back-settings-{width}");
        Assert.Empty(await host.FindViolationsAsync());
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await pupil.StartTextAsync("Whom do I call?", "Call 112 now, or ask a teacher.");

        var held = host.Run("Whom do I call?").Card.GetByRole(AriaRole.Region, new() { Name = "Held text" });
        await Expect(held).ToContainTextAsync("Call 112 now, or ask a teacher.");
        await Expect(pupil.Run("Whom do I call?").Card).ToContainTextAsync("The hosts of this room see the text first.");
        await Expect(pupil.Run("Whom do I call?").Card).Not.ToContainTextAsync("112");
        await Expect(held).ToContainTextAsync("The others have 0 of 31 characters.");
        if (width == 375)
        {
            await held.Locator(".held-text span").First.EvaluateAsync(
                "span => getSelection().setBaseAndExtent(span.firstChild, 5, span.firstChild, 8)");
            await held.GetByRole(AriaRole.Button, new() { Name = "Mask the selection" }).ClickAsync();
        }
        else
        {
            await held.GetByRole(AriaRole.Region, new() { Name = "Text before its release" }).FocusAsync();
            foreach (var key in (string[])["ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Enter"])
                await host.Page.Keyboard.PressAsync(key);
        }

        await Expect(held.Locator("del")).ToHaveTextAsync("112");
        await host.ShootAsync($"held-{width}");
        Assert.Empty(await host.FindViolationsAsync());
        await held.GetByRole(AriaRole.Button, new() { Name = "Release now" }).ClickAsync();

        await pupil.Run("Whom do I call?").BeInStateAsync("done");
        await Expect(pupil.Run("Whom do I call?").Text).ToContainTextAsync("Call ███ now, or ask a teacher.");
        await Expect(pupil.Run("Whom do I call?").Card).ToContainTextAsync("A host masked 3 characters.");
        await Expect(held).ToHaveCountAsync(0);
        await pupil.ShootAsync($"masked-{width}");
        Assert.Empty(await pupil.FindViolationsAsync());
        Assert.DoesNotContain("112", await pupil.Page.ContentAsync(), StringComparison.Ordinal);
        host.HasNoComplaints("404");
        pupil.HasNoComplaints();
    }
}
