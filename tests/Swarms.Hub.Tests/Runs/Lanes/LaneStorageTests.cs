using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Texts that are held, while the disk takes no writes.</summary>
public sealed class LaneStorageTests
{
    [Fact]
    public async Task Mask_That_The_Disk_Does_Not_Take_Is_Refused_And_Nothing_Is_Released_Without_It()
    {
        using var disk = new FaultyDisk();
        await using var room = await HeldRoom.StartAsync(new { }, settings: ("Storage:Path", disk.DatabasePath));
        room.Hub.Expect(LogLevel.Error);
        var run = await room.StartRunAsync(room.Host, ["Call 112 now"]);
        await run.SendAsync();
        await using var host = await TestViewer.JoinAsync(room.Hub.Address, room.Host.Admission);
        Task<Answer> masking;
        using (disk.Fail(DiskFaults.Write))
        {
            masking = run.MaskAsync(5, 8);
            await WaitAsync(room, host.WaitAsync(() => host.Frames[^1] is { Kind: FrameKinds.Storage, IsAvailable: false }));
            (await run.MaskAsync(5, 8)).IsProblem(503, ErrorCodes.StorageUnavailable);
            (await run.ReleaseAsync()).IsProblem(503, ErrorCodes.StorageUnavailable);
        }

        await WaitAsync(room, host.WaitAsync(() => host.Frames[^1] is not { Kind: FrameKinds.Storage, IsAvailable: false }));
        await WaitAsync(room, masking);
        Assert.Equal("", (await run.InRoomAsync()).Text);
        if ((await masking).Status != 204)
            Assert.Equal(204, (await run.MaskAsync(5, 8)).Status);

        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        await room.HasTextAsync(run.Id, "Call  now");
        await run.FinishAsync();
        Assert.Equal("Call  now", (await run.EndedAsync()).Text);
        Assert.DoesNotContain(await room.Participant.EventsAsync(), e => HeldRoom.Relaxed(e).Contains("112", StringComparison.Ordinal));
    }

    // The writer tries again by the hub's clock.
    private static async Task WaitAsync(HeldRoom room, Task task)
    {
        while (!task.IsCompleted)
        {
            room.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(20, CancellationToken.None));
        }

        await task;
    }
}
