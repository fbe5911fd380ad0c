using Swarms.Hub.Support;

namespace Swarms.Hub.Diagnostics;

public sealed class MetricsExportTests
{
    [Fact]
    public async Task Metrics_Show_What_Happened_Before_The_First_Scrape()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 });

        var metrics = (await hub.Anybody().GetAsync("/metrics")).Text;

        Assert.Contains("\nswarms_hub_ended_runs{ending=\"done\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Matches("\nswarms_hub_committed_events [1-9]", metrics);
        Assert.Matches("\nswarms_hub_commit_duration_bucket{le=\"0.0001\"}", metrics);
    }

    [Fact]
    public async Task Metrics_Show_Only_Meters_That_Tell_An_Operator_Something()
    {
        await using var hub = HubUnderTest.Start();
        await hub.CreateRoomAsync();

        var metrics = (await hub.Anybody().GetAsync("/metrics")).Text;

        var families = metrics.Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            .ToList();
        Assert.All(
            families,
            family => Assert.Matches(
                "^(prometheus_net_meteradapter|swarms_hub|microsoft_aspnetcore_(hosting|server_kestrel|http_connections)|system_runtime)_",
                family));
        Assert.InRange(families.Count, 10, 60);
    }

    [Fact]
    public async Task Metrics_Of_Two_Hubs_In_One_Process_Are_Their_Own()
    {
        await using var busy = HubUnderTest.Start();
        await using var idle = HubUnderTest.Start();
        var host = await busy.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 });

        Assert.DoesNotContain("swarms_hub_ended_runs{", (await idle.Anybody().GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }
}
