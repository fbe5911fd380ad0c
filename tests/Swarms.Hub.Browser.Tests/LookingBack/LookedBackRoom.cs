namespace Swarms.Hub.Browser;

/// <summary>
/// One room after a lesson, for all tests of a class: two runs, one of them hidden; messages, of which one was edited and one removed; a
/// reaction; and a participant who may not see costs.
/// </summary>
public sealed class LookedBackRoom(HubAndBrowser site) : IAsyncLifetime
{
    internal const string Answer = "Leaves are green because of Chlorophyll, and chlorophyll catches the light of the sun.";
    internal const string Hidden = "words that a host hid";
    internal const string Removed = "A rude word";

    internal Person Host { get; private set; } = null!;

    internal Person Participant { get; private set; } = null!;

    internal string Path { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        Host = await site.CreatePersonAsync("Ada");
        await Host.CreateRoomAsync("Biology, Tuesday");
        var (secret, _) = await Host.InviteAsync("Participant");
        Participant = await site.CreatePersonAsync("Linus");
        await Participant.JoinByLinkAsync(secret);
        Path = $"/rooms/{Host.RoomId}";
        await SendAsync("PATCH", "", """{ "settings": { "showMoney": "hosts" } }""");
        await Host.StartTextAsync("Explain leaves", Answer, chunksPerSecond: 40);
        await Host.Run("Explain leaves").BeInStateAsync("done");
        await Participant.SayAsync("What do leaves do at night?");
        await Host.SayAsync(Removed);
        await Host.SayAsync("They breathe");
        var messages = await Host.Page.EvaluateAsync<int[]>(
            "async room => (await (await fetch(`/api/rooms/${room}/messages`)).json()).messages.map(message => message.sequence)", Host.RoomId);
        await SendAsync("DELETE", $"/messages/{messages[1]}", "");
        await SendAsync("POST", "/reactions", $$"""{ "target": {{messages[0]}}, "emoji": "👍" }""");
        await Host.StartTextAsync("Hidden task", Hidden);
        await Host.Run("Hidden task").BeInStateAsync("done");
        var run = await Host.Run("Hidden task").Card.GetAttributeAsync("data-run");
        await SendAsync("POST", $"/runs/{run}/hide", "");
    }

    public async ValueTask DisposeAsync()
    {
        if (Participant is not null)
            await Participant.DisposeAsync();
        if (Host is not null)
            await Host.DisposeAsync();
    }

    /// <summary>Goes to the room, or with a query to a moment of it.</summary>
    internal async Task OpenAsync(Person person, string query = "") =>
        await person.Page.GotoAsync(new Uri(person.Address, Path + query).ToString());

    /// <summary>Opens a dialog of the room's menu.</summary>
    internal async Task<ILocator> OpenDialogAsync(Person person, string name)
    {
        await OpenAsync(person);
        await person.BeLiveAsync();
        await person.Page.Locator(".header-tools .menu > button").ClickAsync();
        await person.Page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true }).ClickAsync();
        return person.Page.GetByRole(AriaRole.Dialog, new() { Name = name });
    }

    internal async Task SendAsync(string method, string path, string body) => await Host.Page.EvaluateAsync(
        """
        async ({ method, path, body }) => {
          const response = await fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: body || undefined });
          if (!response.ok) throw new Error(await response.text());
        }
        """,
        new { method, path = $"/api{Path}{path}", body });
}
