using Microsoft.Extensions.Logging;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class HealthApiTests
{
    [Fact]
    public async Task A_Hub_That_Serves_Is_Ready()
    {
        await using var hub = HubUnderTest.Start();

        Assert.Equal((200, 200), ((await hub.Anybody().GetAsync("/healthz")).Status, (await hub.Anybody().GetAsync("/readyz")).Status));
    }

    [Fact]
    public async Task A_Hub_That_Drains_Lives_But_Is_Not_Ready()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();

        hub.Get<RunRegistry>().Drain();

        Assert.Equal((200, 503), ((await hub.Anybody().GetAsync("/healthz")).Status, (await hub.Anybody().GetAsync("/readyz")).Status));
        var refused = (await host.PostAsync($"{host.Path}/runs", new { request = new { task = "x" } })).IsProblem(503, "draining");
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        (await host.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(503);
    }

    [Fact]
    public async Task A_Hub_Whose_Disk_Fails_Is_Not_Ready_Until_It_Works_Again()
    {
        await using var hub = HubUnderTest.Start();
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        Task<Answer> saying;
        using (new HeldDatabase(hub.DatabasePath))
        {
            saying = host.PostAsync($"{host.Path}/messages", new { text = "x" });
            while (hub.Get<ICommitQueue>().FailingSince is null)
                await Task.Yield();

            Assert.Equal((200, 503), ((await hub.Anybody().GetAsync("/healthz")).Status, (await hub.Anybody().GetAsync("/readyz")).Status));
        }

        Assert.Equal(201, (await saying).Status);
        Assert.Equal(200, (await hub.Anybody().GetAsync("/readyz")).Status);
    }
}
