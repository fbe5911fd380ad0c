using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage;

public sealed class RoomRetentionTests
{
    private static readonly object Silent = new { chunks = 4, chunksPerSecond = 0, fault = "silence" };

    [Fact]
    public async Task Room_That_Was_Idle_For_So_Long_Is_Deleted_And_No_Other()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(
            time, ("Storage:Retention", "01:00:00"), ("Upstream:IdleTimeout", "1.00:00:00"));
        var (idle, used, busy) = (await hub.CreateRoomAsync(), await hub.CreateRoomAsync(), await hub.CreateRoomAsync());
        time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(201, (await used.PostAsync($"{used.Path}/messages", new { text = "still here" })).Status);
        var run = await busy.StartRunAsync(Silent);

        // The first look comes an hour after the start, and the second finds the room idle for more than an hour.
        await UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(201, (await used.PostAsync($"{used.Path}/messages", new { text = "still here" })).Status);
            return (await idle.GetAsync(idle.Path)).Status == 404;
        });

        Assert.Equal((200, 200), ((await used.GetAsync(used.Path)).Status, (await busy.GetAsync(busy.Path)).Status));
        Assert.True(time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddYears(56) >= TimeSpan.FromHours(1));
        await busy.PostAsync($"{busy.Path}/runs/{run}/cancel", new { });
    }

    [Fact]
    public async Task Without_The_Setting_Rooms_Stay()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();

        time.Advance(TimeSpan.FromHours(3));

        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
    }

    private static Task UntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(condition);
}
