using System.Text.Json;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Browser;

/// <summary>The replay of a room on the page, from the room's log.</summary>
public sealed class ReplayTests(LookedBackRoom room) : IClassFixture<LookedBackRoom>
{
    private IPage Page => room.Host.Page;

    private ILocator Slider => Page.GetByRole(AriaRole.Slider, new() { Name = "Place in the replay" });

    private ILocator Text => Page.Locator(".replay .run .text").First;

    [Fact]
    public async Task Room_Is_Shown_As_It_Was_At_Each_Moment_And_A_Link_Leads_There()
    {
        var (moment, written) = await FindMiddleAsync();
        await room.OpenAsync(room.Host, $"?at={moment}");

        await Expect(Slider).ToHaveAttributeAsync("aria-valuetext", new Regex($"event {moment} of "));
        await Expect(Text).ToHaveTextAsync(written.TrimEnd());
        await Expect(Page.Locator(".replay .message")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".replay .state")).ToHaveTextAsync(["Writing"]);

        await Page.Keyboard.PressAsync("End");
        await Expect(Text).ToHaveTextAsync(LookedBackRoom.Answer);
        await Expect(Page.Locator(".replay .message")).ToHaveCountAsync(3);
        await Expect(Page.Locator(".replay-reactions")).ToContainTextAsync("👍 1");
        Assert.Empty(await room.Host.FindViolationsAsync());
        await room.Host.ShootAsync("replay");

        await Page.Keyboard.PressAsync("Home");
        await Expect(Page.Locator(".replay .run")).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Slider).ToHaveAttributeAsync("aria-valuetext", new Regex("event 2 of "));
        await Expect(Page).ToHaveURLAsync(new Regex(@"\?at=2$"));
        await Page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(Page.Locator(".replay .run")).ToHaveCountAsync(1);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Back to the room" }).ClickAsync();
        await Expect(Page.Locator(".runs .run").First).ToBeVisibleAsync();
        Assert.Equal("", new Uri(Page.Url).Query);
        room.Host.HasNoComplaints();
    }

    [Fact]
    public async Task Replay_Plays_To_Its_End_Faster_Than_It_Was_And_Shows_Nothing_That_Was_Taken_Back()
    {
        await room.OpenAsync(room.Host, "?at=0");
        await Page.GetByLabel("Speed").SelectOptionAsync("16");
        await Page.GetByLabel("Skip long pauses").CheckAsync();
        await Page.EvaluateAsync(
            """
            words => {
              window.seen = [];
              const look = () => window.seen.push(...words.filter(word => document.body.textContent.includes(word)));
              new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
            }
            """,
            new[] { LookedBackRoom.Hidden, LookedBackRoom.Removed, "Hidden task" });
        var play = Page.Locator(".replay-play");
        await play.FocusAsync();
        await Page.Keyboard.PressAsync("Space");

        await Expect(Text).ToHaveTextAsync(LookedBackRoom.Answer);
        await Expect(play).ToHaveTextAsync("Play");
        await Expect(Page.Locator(".replay .run")).ToHaveCountAsync(2);
        await Expect(Page.Locator(".replay .run").Last).ToContainTextAsync("A host hid this run later.");
        Assert.Empty(await Page.EvaluateAsync<string[]>("() => window.seen"));
        room.Host.HasNoComplaints();
    }

    [Fact]
    public async Task Message_That_Is_Removed_Meanwhile_Goes_From_The_Replay_Too()
    {
        await room.Host.SayAsync("Taken back in a moment");
        await room.OpenAsync(room.Participant, "?at=999999");
        var said = room.Participant.Page.Locator(".replay .message", new() { HasText = "Taken back in a moment" });
        await Expect(said).ToHaveCountAsync(1);

        var sequence = await said.GetAttributeAsync("data-message");
        await room.SendAsync("DELETE", $"/messages/{sequence}", "");

        await Expect(said).ToHaveCountAsync(0);
        await Expect(room.Participant.Page.Locator(".replay .message").Last).ToContainTextAsync("Edited or removed later.");
        room.Participant.HasNoComplaints();
    }

    /// <summary>Returns the sequence of a piece in the middle of the first run, and the text up to it.</summary>
    private async Task<(long Sequence, string Text)> FindMiddleAsync()
    {
        var json = await Page.EvaluateAsync<string>("async path => (await fetch(path)).text()", $"/api{room.Path}/events?limit=1000");
        var chunks = JsonDocument.Parse(json).RootElement.GetProperty("events").EnumerateArray()
            .Where(said => said.GetProperty("type").GetString() == "chunk").ToList();
        var half = chunks.Take(7).ToList();
        return (
            half[^1].GetProperty("sequence").GetInt64(),
            string.Concat(half.Select(chunk => chunk.GetProperty("data").GetProperty("content").GetString())));
    }
}
