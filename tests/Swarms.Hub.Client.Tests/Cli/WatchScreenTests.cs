using Swarms.Hub.Cli;
using Swarms.Hub.Protocol;
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
            Events(Queued(6, "r2"), Chunk(7, "second", "r2"), Event(8, EventTypes.Usage, new { inputTokens = 1, cost = 0.25m }, "r2"), Said(9)));
        await watch.UntilAsync(9);
        var (screen, written) = ConsoleUser.CreateScreen(width: 100, height: 24);

        screen.Write(new WatchScreen(screen, watch.Room, TimeProvider.System).Draw());

        var lines = written.ToString().TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 20, 24);
        Assert.Contains("Biology · Live", lines[0], StringComparison.Ordinal);
        Assert.Contains("the [end]", written.ToString(), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Count(letter => letter == '╭') == 2);
        Assert.Contains("cost 0.25", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("Ada: message 9", lines[^1], StringComparison.Ordinal);
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
}
