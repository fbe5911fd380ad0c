using Microsoft.Extensions.Logging;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

public sealed class HealthApiTests
{
    [Fact]
    public async Task A_Hub_That_Serves_Is_Ready()
    {
        await using var hub = HubUnderTest.Start();

        Assert.Equal((200, 200), ((await hub.Anybody().GetAsync("/healthz")).Status, (await hub.Anybody().GetAsync("/readyz")).Status));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/")]
    public async Task Insides_Are_Open_On_Loopback_And_Take_The_Operators_Key_Elsewhere(string path)
    {
        await using var hub = HubUnderTest.Start(("urls", "http://0.0.0.0:0"), ("Access:OperatorKey", "a-key-of-the-operator"));
        await using var local = HubUnderTest.Start();

        (await hub.Anybody().GetAsync(path)).IsProblem(401, "unauthenticated");
        (await new Caller(hub.Address, "not-the-operators-key").GetAsync(path)).IsProblem(401, "unauthenticated");
        Assert.Equal(200, (await new Caller(hub.Address, "a-key-of-the-operator").GetAsync(path)).Status);
        Assert.Equal((200, 200), ((await hub.Anybody().GetAsync("/healthz")).Status, (await hub.Anybody().GetAsync("/readyz")).Status));

        Assert.Equal(200, (await local.Anybody().GetAsync(path)).Status);
        (await local.Anybody().GetAsync(path, ("X-Forwarded-For", "203.0.113.7"))).IsProblem(401, "unauthenticated");
        (await local.Anybody().GetAsync(path, ("Host", "rebound.example"))).IsProblem(401, "unauthenticated");
        (await local.Anybody().GetAsync(path, ("Origin", "https://elsewhere.example"))).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Token_Of_A_Room_Opens_No_Insides_And_No_Probe_Asks_The_Store_For_It()
    {
        await using var hub = HubUnderTest.Start(("urls", "http://0.0.0.0:0"), ("Access:OperatorKey", "a-key-of-the-operator"));
        var created = await new Caller(hub.Address, "a-key-of-the-operator").PostAsync("/api/rooms", new { name = "Physics" });
        var host = new MemberCaller(hub.Address, created.Json);

        (await host.GetAsync("/metrics")).IsProblem(401, "unauthenticated");
        (await host.GetAsync("/openapi/v1.json")).IsProblem(401, "unauthenticated");
        Assert.Equal(200, (await host.GetAsync("/readyz")).Status);
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
            await Until.TrueAsync(() => hub.Get<ICommitQueue>().FailingSince is not null);

            Assert.Equal((200, 503), ((await hub.Anybody().GetAsync("/healthz")).Status, (await hub.Anybody().GetAsync("/readyz")).Status));
        }

        Assert.Equal(201, (await saying).Status);
        Assert.Equal(200, (await hub.Anybody().GetAsync("/readyz")).Status);
    }
}
