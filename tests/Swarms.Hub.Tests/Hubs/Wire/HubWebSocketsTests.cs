using Swarms.Hub.Diagnostics;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hubs.Wire;

public sealed class HubWebSocketsTests
{
    [Fact]
    public async Task Connection_That_Comes_After_The_Hub_Has_Drained_Is_Closed_At_Once()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await using (await HubCaller.ConnectAsync(host))
            await hub.Get<HubShutdown>().DrainAsync(TimeSpan.FromSeconds(10), TimeProvider.System);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await HubCaller.ConnectAsync(host));

        Assert.IsNotType<TimeoutException>(refusal);
    }
}
