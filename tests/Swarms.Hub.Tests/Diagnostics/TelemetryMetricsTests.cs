using System.Text.RegularExpressions;
using Swarms.Hub.Architecture;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Diagnostics;

public sealed partial class TelemetryMetricsTests
{
    private const string Usage = "event: usage\ndata: {\"input_tokens\":30,\"output_tokens\":70,\"total_cost\":0.5}\n\n";

    [Fact]
    public async Task Metrics_Show_What_Happened_Before_The_First_Scrape()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 });

        var metrics = await ScrapeAsync(hub, endedRuns: 1);

        Assert.Equal(1, metrics["swarms_hub_runs_ended_total{ending=\"done\"}"]);
        Assert.Equal(0, metrics["swarms_hub_runs_ended_total{ending=\"error\"}"]);
        Assert.InRange(metrics["swarms_hub_events_committed_total"], 5, 100);
        Assert.InRange(metrics["swarms_hub_commit_size_sum"], 5, 100);
        Assert.InRange(
            metrics["db_client_operation_duration_seconds_count{db_operation_name=\"commit\",db_system_name=\"sqlite\"}"], 1, 100);
        Assert.Equal(0, metrics["swarms_hub_viewers_stalled_total"]);
        Assert.Equal(1, metrics["swarms_hub_rooms_loaded"]);
        Assert.Equal(1, metrics["swarms_hub_storage_available"]);
        Assert.InRange(metrics["swarms_hub_storage_size_bytes"], 4_096, 100_000_000);
        Assert.InRange(metrics["swarms_hub_storage_free_bytes"], 1, double.MaxValue);
        Assert.Equal(1, metrics["swarms_hub_run_queue_duration_seconds_count"]);
        Assert.Equal(1, metrics.Single(metric => metric.Key.StartsWith("swarms_hub_build{", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public async Task Metrics_Show_Only_Meters_That_Tell_An_Operator_Something()
    {
        await using var hub = HubUnderTest.Start();
        await hub.CreateRoomAsync();

        var text = (await hub.Anybody().GetAsync("/metrics")).Text;

        var families = text.Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            .ToList();
        Assert.All(
            families,
            family => Assert.Matches("^(target_info|(swarms_hub|gen_ai|db_client|http_server|kestrel|signalr|dotnet)_)", family));
        Assert.InRange(families.Count, 20, 90);
    }

    [Fact]
    public async Task Metrics_Of_Two_Hubs_In_One_Process_Are_Their_Own()
    {
        await using var busy = HubUnderTest.Start();
        await using var idle = HubUnderTest.Start();
        var host = await busy.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 });

        Assert.Equal(1, (await ScrapeAsync(busy, endedRuns: 1))["swarms_hub_runs_ended_total{ending=\"done\"}"]);
        Assert.Equal(0, (await ScrapeAsync(idle))["swarms_hub_runs_ended_total{ending=\"done\"}"]);
    }

    [Fact]
    public async Task Calls_Of_Upstreams_Are_Measured_By_Model()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Usage + Sse.Done);
        scripted.Upstream.Answer(500, "application/json").Body("{\"detail\":\"No.\"}");
        await scripted.Host.EndsOnceAsync((await scripted.Host.StartAsync(Request("gpt-4o"))).Id);
        await scripted.Host.EndsOnceAsync((await scripted.Host.StartAsync(Request("gpt-4o"))).Id);

        var metrics = await ScrapeAsync(scripted.Hub, endedRuns: 2);

        const string Call = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"swarms\",gen_ai_request_model=\"gpt-4o\"";
        Assert.Equal(1, metrics[$"gen_ai_client_operation_duration_seconds_count{{{Call}}}"]);
        Assert.Equal(1, metrics[$"gen_ai_client_operation_time_to_first_chunk_seconds_count{{{Call}}}"]);
        Assert.Equal(30, metrics[$"gen_ai_client_token_usage_sum{{{Call},gen_ai_token_type=\"input\"}}"]);
        Assert.Equal(70, metrics[$"gen_ai_client_token_usage_sum{{{Call},gen_ai_token_type=\"output\"}}"]);
        Assert.Equal(0.5, metrics[$"swarms_hub_upstream_cost_total{{{Call}}}"]);
        Assert.Equal(1, metrics[$"gen_ai_client_operation_duration_seconds_count{{error_type=\"upstream_error\",{Call}}}"]);
        Assert.Equal(1, metrics["swarms_hub_runs_ended_total{ending=\"error\",error_type=\"upstream_error\"}"]);
    }

    [Fact]
    public async Task Names_Of_Models_That_People_Invent_Share_One_Label()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        for (var i = 0; i < 105; i++)
        {
            scripted.Upstream.Answer().Body(Sse.Done);
            await scripted.Host.EndedAsync((await scripted.Host.StartAsync(Request($"invented-{i}"))).Id);
        }

        var metrics = await ScrapeAsync(scripted.Hub, endedRuns: 105);

        var models = metrics.Keys.Select(key => Model().Match(key)).Where(match => match.Success).Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.Equal(101, models.Count);
        Assert.Contains("_OTHER", models);
    }

    [Fact]
    public async Task Blind_Group_Tells_The_Metrics_Nothing_That_Its_Room_May_Not_Know()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        for (var i = 0; i < 2; i++)
            scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Usage + Sse.Done);

        var group = await scripted.Host.StartGroupAsync(
            [GroupCalls.Entry("One", "alpha-model"), GroupCalls.Entry("Two", "beta-model")], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        var metrics = await ScrapeAsync(scripted.Hub, endedRuns: 2);
        var text = (await scripted.Hub.Anybody().GetAsync("/metrics")).Text;

        Assert.DoesNotContain("-model", text, StringComparison.Ordinal);
        Assert.DoesNotContain(metrics.Keys, key => key.StartsWith("gen_ai_client_token_usage", StringComparison.Ordinal));
        Assert.DoesNotContain(metrics.Keys, key => key.StartsWith("swarms_hub_upstream_cost_total", StringComparison.Ordinal));
        Assert.Equal(
            2,
            metrics["gen_ai_client_operation_duration_seconds_count{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"blind\"}"]);
    }

    [Theory]
    [InlineData("docs/operating/alerts.yml")]
    [InlineData("docs/operating/grafana-dashboard.json")]
    [InlineData("docs/operating/README.md")]
    public async Task Documents_Name_Only_Metrics_And_Labels_That_A_Hub_Exports(string document)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await using var watcher = await HubCaller.ConnectAsync(scripted.Host);
        var first = await watcher.Watch(scripted.Host.Room).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("snapshot", first.GetProperty("kind").GetString());
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Usage + Sse.Done);
        scripted.Upstream.Answer(500, "application/json").Body("{\"detail\":\"No.\"}");
        await scripted.Host.EndsOnceAsync((await scripted.Host.StartAsync(Request("gpt-4o"))).Id);
        await scripted.Host.EndsOnceAsync((await scripted.Host.StartAsync(Request("gpt-4o"))).Id);
        await ScrapeAsync(scripted.Hub, endedRuns: 2);
        var text = (await scripted.Hub.Anybody().GetAsync("/metrics")).Text;

        var named = Names(Repository.Read(document)).ToList();

        Assert.InRange(named.Count, 8, 200);
        Assert.Equal([], named.Where(name => !Regex.IsMatch(text, $"(^|\n){name}[{{ ]") && !Regex.IsMatch(text, $"# TYPE {name} ")));
    }

    // Words that only a metric's name looks like.
    private static IEnumerable<string> Names(string document) =>
        MetricName().Matches(document).Select(match => match.Value)
            .Where(name => !name.EndsWith('_') && !Labels.Contains(name))
            .Distinct();

    private static readonly HashSet<string> Labels =
    [
        "gen_ai_provider_name", "gen_ai_operation_name", "gen_ai_request_model", "gen_ai_token_type", "db_system_name", "signalr_transport",
        "http_response_status_code",
    ];

    private static object Request(string model) => new { agent_config = new { agent_name = "Writer", model_name = model }, task = "Write" };

    // A run is counted right after its ending is seen.
    private static async Task<Dictionary<string, double>> ScrapeAsync(HubUnderTest hub, int endedRuns)
    {
        Dictionary<string, double> metrics = [];
        await Until.TrueAsync(async () =>
        {
            metrics = await ScrapeAsync(hub);
            return metrics.Where(metric => metric.Key.StartsWith("swarms_hub_runs_ended_total", StringComparison.Ordinal))
                .Sum(metric => metric.Value) >= endedRuns;
        });
        return metrics;
    }

    private static async Task<Dictionary<string, double>> ScrapeAsync(HubUnderTest hub) =>
        (await hub.Anybody().GetAsync("/metrics")).Text.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Line().Match(line))
            .ToDictionary(
                match => match.Groups["name"].Value + Sorted(match.Groups["labels"].Value),
                match => double.Parse(match.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture));

    private static string Sorted(string labels) => labels.Length == 0
        ? ""
        : $"{{{string.Join(',', Label().Matches(labels).Select(match => match.Value).Order(StringComparer.Ordinal))}}}";

    [GeneratedRegex("^(?<name>[a-z_]+)(\\{(?<labels>.*)\\})? (?<value>\\S+)( \\d+)?$")]
    private static partial Regex Line();

    [GeneratedRegex("[a-z_]+=\"[^\"]*\"")]
    private static partial Regex Label();

    [GeneratedRegex("gen_ai_request_model=\"([^\"]*)\"")]
    private static partial Regex Model();

    [GeneratedRegex("\\b(swarms_hub|gen_ai|db_client|http_server|kestrel|signalr_server|dotnet)_[a-z_]+\\b")]
    private static partial Regex MetricName();
}
