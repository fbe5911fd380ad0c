namespace Swarms.Hub.Browser;

/// <summary>The second half of the lesson.</summary>
public sealed partial class LessonTests
{
    private async Task BlindRaceIsVotedForAndRevealedAsync()
    {
        await Host.SetAgentAsync("hare", "Hare");
        await Host.SetAgentAsync("tortoise", "Tortoise");
        await Task(Host).FillAsync("A haiku about speed");
        await Button(Host, "More").ClickAsync();
        await Host.Page.GetByLabel("Compare several agents side by side").CheckAsync();
        await Host.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Hare" }).CheckAsync();
        await Host.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Tortoise" }).CheckAsync();
        await Host.Page.GetByLabel("Blind: hide who is who").CheckAsync();
        await Button(Host, "Start race").ClickAsync();
        foreach (var person in _class.Watching)
        {
            await Expect(Race(person).Locator(".run[data-state='done']")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
            // A text that grows moves the button below it away from a finger.
            await Expect(Race(person).Locator(".formatted:not([data-shown='whole'])")).ToHaveCountAsync(0);
        }

        await Race(_class.Grace).GetByRole(AriaRole.Button, new() { Name = "Vote · 0 for Agent 1" }).TapAsync();
        await Expect(Race(_class.Grace).GetByRole(AriaRole.Button, new() { Name = "Voted · 1 for Agent 1" })).ToBeVisibleAsync();
        await Race(_class.Noor).GetByRole(AriaRole.Button, new() { Name = "Vote · 1 for Agent 1" }).TapAsync();
        await Expect(Race(Host)).ToContainTextAsync("2");
        await Expect(Race(_class.Projector).Locator(".run-title", new() { HasText = "Hare" })).ToHaveCountAsync(0);
        await _class.ShootAsync("blind", _class.Grace);

        await Button(Host, "Reveal who is who").ClickAsync();
        foreach (var person in (Person[])[.. _class.Watching, _class.Projector])
            await Expect(Race(person).Locator(".race-results li").First).ToContainTextAsync("2 votes");
        await _class.ShootAsync("revealed", _class.Projector);

        static ILocator Race(Person person) => person.Page.GetByRole(AriaRole.Region, new() { Name = "Side by side" });
    }

    private async Task PassageIsMaskedBeforeTheOthersSeeItAsync()
    {
        var settings = await OpenAsync("Room settings");
        await settings.GetByLabel("Hold texts back").SelectOptionAsync("Until a host releases them");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await _class.Grace.StartTextAsync("Whom do I call?", "Call 112 now, or ask a teacher.");
        var held = Host.Run("Whom do I call?").Card.GetByRole(AriaRole.Region, new() { Name = "Held text" });
        await Expect(held).ToContainTextAsync("Call 112 now");
        foreach (var person in (Person[])[_class.Grace, _class.Noor, _class.Late])
            await Expect(person.Run("Whom do I call?").Card).ToContainTextAsync("The hosts of this room see the text first.");
        // The wall is the host's, and the class looks at it.
        await Expect(_class.Projector.Run("Whom do I call?").Card.GetByText("112")).ToBeHiddenAsync();
        await held.GetByRole(AriaRole.Region, new() { Name = "Text before its release" }).FocusAsync();
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "Enter"])
            await Host.Page.Keyboard.PressAsync(key);
        await Expect(held.Locator("del")).ToHaveTextAsync("112");
        await _class.ShootAsync("held", Host);

        await held.GetByRole(AriaRole.Button, new() { Name = "Release now" }).ClickAsync();
        var released = await _class.AgreeAsync("Whom do I call?", "done");
        Assert.Contains("Call ███ now, or ask a teacher.", released, StringComparison.Ordinal);
        foreach (var person in (Person[])[_class.Grace, _class.Linus, _class.Noor, _class.Late])
            Assert.DoesNotContain("112", await person.Page.ContentAsync(), StringComparison.Ordinal);
        await _class.ShootAsync("masked", _class.Grace);
        settings = await OpenAsync("Room settings");
        await settings.GetByLabel("Hold texts back").SelectOptionAsync("No, everybody at once");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
    }

    private async Task BudgetStopsARunAsync()
    {
        await _class.Grace.StartSimulationAsync("An endless story", chunks: 100_000, chunksPerSecond: 40);
        await Host.Run("An endless story").GrowBeyondAsync(100);
        await LimitAsync("100");
        await _class.AgreeAsync("An endless story", "cancelled");
        await Expect(_class.Grace.Run("An endless story").Card).ToContainTextAsync("Stopped, because a limit of the budget is used up.");
        await Task(_class.Noor).TapAsync();
        await _class.Noor.Page.Keyboard.TypeAsync("One more");
        await TapAsync(_class.Noor, "Start run");
        await Expect(_class.Noor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "budget" })).ToBeVisibleAsync();
        await Expect(Task(_class.Noor)).ToHaveValueAsync("One more");
        await _class.ShootAsync("over-budget", _class.Grace);
        await LimitAsync("");

        async Task LimitAsync(string tokens)
        {
            var settings = await OpenAsync("Room settings");
            await settings.GetByLabel("Tokens of all runs").FillAsync(tokens);
            await settings.GetByLabel("Stop running runs").SetCheckedAsync(tokens.Length > 0);
            await settings.GetByRole(AriaRole.Button, new() { Name = "Save the limits" }).ClickAsync();
            await Expect(settings.GetByRole(AriaRole.Button, new() { Name = "Save the limits" })).ToBeDisabledAsync();
            await settings.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        }
    }

    private async Task SomebodyIsSentOutAsync()
    {
        await _class.Linus.StartTextAsync("Something rude", "Rude words.");
        await _class.AgreeAsync("Something rude", "done");
        await Host.Page.Locator(".people li", new() { HasText = "Linus" }).Locator(".menu > button").ClickAsync();
        await Host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" }).ClickAsync();
        var dialog = Dialog(Host, "Remove Linus");
        await dialog.GetByLabel("Remove their messages too").CheckAsync();
        await dialog.GetByLabel("Remove their runs too").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(_class.Linus.Page.GetByRole(AriaRole.Heading, new() { Name = "You are no longer in this room" })).ToBeVisibleAsync();
        foreach (var person in (Person[])[Host, _class.Grace, _class.Noor, _class.Late, _class.Projector])
        {
            await Expect(person.Page.GetByText("Rude words.")).ToHaveCountAsync(0);
            await Expect(person.Page.GetByText("They sleep, as I do")).ToHaveCountAsync(0);
        }

        await _class.ShootAsync("sent-out", _class.Linus);
        _class.Watching.Remove(_class.Linus);
    }

    private async Task HubDiesAndComesBackAsync()
    {
        await Host.StartSimulationAsync("The history of the earth", chunks: 100_000, chunksPerSecond: 40);
        await _class.Projector.Run("The history of the earth").GrowBeyondAsync(200);
        await _class.Hub.KillAsync();
        foreach (var person in (Person[])[.. _class.Watching, _class.Projector])
            await Expect(person.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        await _class.ShootAsync("hub-killed", Host);

        await _class.Hub.StartAsync();
        await _class.BeLiveAsync();
        await _class.AgreeAsync("The history of the earth", "interrupted");
        await Host.Run("The history of the earth").Card.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
        await Host.Page.Keyboard.TypeAsync("Say the rest in a sentence");
        await Host.Page.Keyboard.PressAsync("Enter");
        await _class.AgreeAsync("Say the rest in a sentence", "done");
        await _class.ShootAsync("hub-back", _class.Noor);
    }

    private async Task LessonIsReplayedAsync()
    {
        await Host.Page.Locator(".header-tools .menu > button").ClickAsync();
        await Host.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Replay the room" }).ClickAsync();
        var slider = Host.Page.GetByRole(AriaRole.Slider, new() { Name = "Place in the replay" });
        await slider.FocusAsync();
        await Host.Page.Keyboard.PressAsync("End");
        await Expect(Host.Page.Locator(".replay .run", new() { HasText = "Say the rest in a sentence" })).ToBeVisibleAsync();
        await Expect(Host.Page.Locator(".replay")).ToContainTextAsync("Call ███ now");
        await Expect(Host.Page.Locator(".replay")).Not.ToContainTextAsync("Rude words.");

        // A pupil opens the link to the moment that the host found.
        await Host.Page.Keyboard.PressAsync("Home");
        await Host.Page.Locator(".replay-legend").GetByRole(AriaRole.Button, new() { Name = "Proposals" }).ClickAsync();
        var moment = new Uri(Host.Page.Url).PathAndQuery;
        await _class.Grace.Page.GotoAsync(new Uri(_class.Grace.Address, moment).ToString());
        await Expect(_class.Grace.Page.GetByRole(AriaRole.Slider, new() { Name = "Place in the replay" }))
            .ToHaveAttributeAsync("aria-valuetext", await slider.GetAttributeAsync("aria-valuetext") ?? "");
        await _class.ShootAsync("replay", _class.Grace);
    }

    private void NobodysBrowserComplained()
    {
        // A network that is cut and a hub that is killed are what these say. A run without a lane answers 404, a used-up budget 402, and a
        // hub that starts 503.
        string[] expected = ["WebSocket", "ERR_", "402", "404", "502", "503", "Failed to fetch", "the server could not be reached"];
        foreach (var person in (Person[])[.. _class.Watching, _class.Linus, _class.Projector])
            person.HasNoComplaints(expected);
    }
}
