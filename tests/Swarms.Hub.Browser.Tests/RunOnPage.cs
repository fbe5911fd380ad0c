namespace Swarms.Hub.Browser;

/// <summary>A run as the page shows it.</summary>
internal sealed class RunOnPage(ILocator card)
{
    public ILocator Card => card;

    public ILocator Text => card.Locator(".text");

    /// <summary>Waits for the state, and for an ended run's text to be shown whole.</summary>
    public async Task BeInStateAsync(string state)
    {
        await Expect(card).ToHaveAttributeAsync("data-state", state, new() { Timeout = 60_000 });
        if (state is not "queued" and not "running")
            await Expect(card.Locator(".formatted:not([data-shown='whole'])")).ToHaveCountAsync(0);
    }

    public Task BeVerifiedAsync() => Expect(card.Locator(".verified")).ToBeVisibleAsync();

    /// <summary>Reads what is shown: Markdown's signs and the ends of its lines are not.</summary>
    public async Task<string> ReadAsync() => await Text.TextContentAsync() ?? "";

    /// <summary>Reads what is shown once all that has come is shown.</summary>
    public async Task<string> ReadAllAsync()
    {
        await Expect(card.Locator(".formatted[data-shown='behind']")).ToHaveCountAsync(0);
        return await ReadAsync();
    }

    /// <summary>Reads the text as it was written.</summary>
    public async Task<string> ReadSourceAsync()
    {
        await card.GetByRole(AriaRole.Button, new() { Name = "Source" }).ClickAsync();
        await Expect(card.Locator(".formatted[data-form='plain'][data-shown='whole']")).ToHaveCountAsync(1);
        var source = await ReadAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Source" }).ClickAsync();
        return source;
    }

    /// <summary>Waits until the text has more than <paramref name="length"/> characters.</summary>
    public async Task<string> GrowBeyondAsync(int length)
    {
        await card.Page.WaitForFunctionAsync(
            "([element, length]) => element.textContent.length > length", new object[] { await Text.ElementHandleAsync(), length });
        return await ReadAsync();
    }

    public async Task CancelAsync() => await card.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
}
