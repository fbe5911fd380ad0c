using System.Text.Json;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Delivery;

public sealed class StorageNoticeTests
{
    [Fact]
    public async Task Viewers_Are_Told_That_The_Disk_Fails_And_When_It_Works_Again()
    {
        await using var hub = HubUnderTest.Start();
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, host.Admission);
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.UntilAsync(FrameKinds.Snapshot);
        await host.StartRunAsync(new { chunks = 100_000, chunksPerSecond = 20 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);

        TestViewer late;
        using (new HeldDatabase(hub.DatabasePath))
        {
            await viewer.WaitAsync(() => viewer.Frames[^1].Kind == FrameKinds.Storage);
            Assert.False(IsAvailable(await feed.UntilAsync(FrameKinds.Storage)));
            late = await TestViewer.JoinAsync(hub.Address, host.Admission);
            await late.WaitAsync(() => late.Frames.Count == 2);
        }

        await using (late)
        {
            foreach (var one in (TestViewer[])[viewer, late])
            {
                await one.WaitAsync(() => one.Frames.Any(frame => frame.IsAvailable == true));
                var told = one.Frames.SkipWhile(frame => frame.Kind != FrameKinds.Storage).ToList();
                Assert.False(told[0].IsAvailable);
                Assert.Equal(FrameKinds.Events, told[1].Kind);
            }
        }

        Assert.True(IsAvailable(await feed.UntilAsync(FrameKinds.Storage)));
    }

    private static bool IsAvailable(JsonElement frame) => frame.GetProperty("isAvailable").GetBoolean();
}
