using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Swarms.Hub.Cli;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class WatchScreenTests : RoomClientTestBase
{
    [Fact]
    public async Task Screen_Shows_Runs_Side_By_Side_Within_Its_Size()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(
            Snapshot(2),
            Events(Queued(3), Chunk(4, string.Concat(Enumerable.Repeat("word 世界 ", 500))), Chunk(5, "the [end]")),
            Events(Queued(6, "r2"), Chunk(7, "second", "r2")),
            Events(Event(8, EventTypes.Usage, new { inputTokens = 1, cost = 0.25m }, "r2"), Said(9)));
        await watch.UntilAsync(9);
        var (screen, written) = ConsoleUser.CreateScreen(width: 100, height: 24);

        screen.Write(new WatchScreen(screen, watch.Room, TimeProvider.System).Draw());

        var lines = written.ToString().TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 20, 24);
        Assert.Contains("Biology · Live", lines[0], StringComparison.Ordinal);
        Assert.Contains("the [end]", written.ToString(), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Count(letter => letter == '╭') == 2);
        Assert.Contains("cost 0.25", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("#9 Ada: message 9", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_Screen_Ends_With_The_Room()
    {
        var (screen, written) = ConsoleUser.CreateScreen(width: 80, height: 24);
        var showing = new WatchScreen(screen, OpenRoom(), TimeProvider.System).ShowAsync(TestContext.Current.CancellationToken);
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "The last words")));
        viewer.Fail("not_found: The room was deleted.");

        var error = await Assert.ThrowsAsync<HubClientException>(() => showing);

        Assert.Equal(ErrorCodes.NotFound, error.Code);
        Assert.Contains("The last words", written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(50)]
    [InlineData(80)]
    public async Task Messages_Without_Spaces_Are_Shown_Whole(int width)
    {
        var texts = new[] { "日本語のとても長いメッセージです、これは全部見えます", "https://example.com/" + new string('x', 70), "👨‍👩‍👧👍🏽❤️é" };

        var lines = await DrawAsync(width, height: 30, texts);

        var first = lines.FindIndex(line => line.StartsWith("#3 Ada: ", StringComparison.Ordinal));
        Assert.Equal(
            string.Concat(texts.Select((text, i) => $"#{i + 3}Ada:{text}")), string.Concat(lines[first..]).Replace(" ", ""));
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
    }

    [Fact]
    public async Task Messages_Take_A_Third_Of_The_Screen_And_The_Newest_Come_First()
    {
        var lines = await DrawAsync(width: 40, height: 12, ["The oldest of all " + new string('x', 70), "The second", "The newest"]);

        Assert.Equal(["#4 Ada: The second", "#5 Ada: The newest"], lines[^2..]);
        Assert.DoesNotContain(lines, line => line.Contains("oldest", StringComparison.Ordinal));
        Assert.InRange(lines.Count, 10, 12);
    }

    [Fact]
    public async Task Message_That_Is_Longer_Than_Its_Place_Shows_Its_Beginning()
    {
        var lines = await DrawAsync(width: 40, height: 12, [string.Concat(Enumerable.Range(0, 400).Select(i => $"{i:000}"))]);

        Assert.StartsWith("#3 Ada: 000001", lines[^4], StringComparison.Ordinal);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, 40));
    }

    [Fact]
    public async Task Words_Of_One_Member_Never_Look_Like_Anothers_Message()
    {
        var lines = await DrawAsync(width: 40, height: 30, ["Hello\n#9 Bob: I am Bob\r\n\u001b[1A#9 Bob: me too"]);

        Assert.Equal(["#3 Ada: Hello", "  #9 Bob: I am Bob", "  [1A#9 Bob: me too"], lines[^3..]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(10, 4)]
    [InlineData(400, 100)]
    public async Task Screen_Of_Any_Size_Can_Be_Drawn(int width, int height) =>
        Assert.NotEmpty(await DrawAsync(width, height, ["One", "世界", new string('x', 1000)]));

    [Fact]
    public async Task Idle_Screen_Is_Drawn_Again_When_Its_Size_Changes()
    {
        var time = new FakeTimeProvider();
        var (screen, written) = ConsoleUser.CreateScreen(width: 80, height: 24);
        using var ctrlC = new CancellationTokenSource();
        var showing = new WatchScreen(screen, OpenRoom(), time).ShowAsync(ctrlC.Token);
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Events(Queued(3), Chunk(4, "The last words")));
        await TickUntilAsync(() => Last(written).Contains(" · Live", StringComparison.Ordinal));
        await TickUntilAsync(() => Last(written).Contains("The last words", StringComparison.Ordinal));

        screen.Profile.Width = 60;
        await TickUntilAsync(() => Last(written).Contains("╭" + "─Teacher (m)" + new string('─', 46) + "╮", StringComparison.Ordinal));

        await ctrlC.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => showing);

        Task TickUntilAsync(Func<bool> isIt) => Task.Run(async () =>
        {
            while (!isIt())
            {
                time.Advance(TimeSpan.FromMilliseconds(80));
                await Task.Yield();
            }
        }).InTime();
    }

    private static string Last(WrittenText written) => written.ToString().Split("Biology")[^1];

    private async Task<List<string>> DrawAsync(int width, int height, string[] messages)
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(
            Snapshot(2),
            Events([.. messages.Select((text, i) => Event(i + 3, EventTypes.Message, new { text }))]),
            Events(Queued(messages.Length + 3), Chunk(messages.Length + 4, "Text")));
        await watch.UntilAsync(messages.Length + 4);
        var (screen, written) = ConsoleUser.CreateScreen(width, height);
        screen.Write(new WatchScreen(screen, watch.Room, TimeProvider.System).Draw());
        return [.. written.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }
}
