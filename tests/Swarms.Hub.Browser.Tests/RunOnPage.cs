namespace Swarms.Hub.Browser;

/// <summary>A run as the page shows it.</summary>
internal sealed class RunOnPage(ILocator card)
{
    public ILocator Card => card;

    public ILocator Text => card.Locator(".text");

    public Task BeInStateAsync(string state) =>
        Expect(card).ToHaveAttributeAsync("data-state", state, new() { Timeout = 60_000 });

    public Task BeVerifiedAsync() => Expect(card.Locator(".verified")).ToBeVisibleAsync();

    public async Task<string> ReadAsync() => await Text.TextContentAsync() ?? "";

    /// <summary>Waits until the text has more than <paramref name="length"/> characters.</summary>
    public async Task<string> GrowBeyondAsync(int length)
    {
        await card.Page.WaitForFunctionAsync(
            "([element, length]) => element.textContent.length > length", new object[] { await Text.ElementHandleAsync(), length });
        return await ReadAsync();
    }

    public async Task CancelAsync() => await card.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
}
