using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Diagnostics;

public sealed class TelemetryTracesTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";

    private static readonly (string Name, string Value)[] Headers =
        [("traceparent", $"00-{Trace}-{Caller}-01"), ("baggage", "user=Ann"), ("tracestate", "vendor=1")];

    [Fact]
    public async Task Trace_Leads_From_The_Door_To_The_Last_Delivery_And_To_The_Upstream()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var scripted = await ScriptedHub.StartAsync(collector.Settings);
        await using var feed = await FeedReader.OpenAsync(scripted.Host);
        await feed.NextAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon") + Sse.Usage + Sse.Done);

        var run = RunCalls.Started(await scripted.Host.TryStartAsync(headers: Headers)).Id;
        await feed.UntilEndOfAsync(run);

        var whole = await collector.RunAsync(run);
        var door = await collector.SpanAsync(Trace, "POST /api/rooms/{room}/runs/");
        Assert.Equal((Trace, Caller), (door.TraceId, door.ParentId));
        Assert.Equal((Trace, door.Id), (whole.TraceId, whole.ParentId));
        Assert.Equal((run, scripted.Host.Room, "done"), (
            whole.Attributes["swarms_hub.run.id"], whole.Attributes["swarms_hub.room.id"], whole.Attributes["swarms_hub.run.ending"]));
        foreach (var name in (string[])["wait for a turn", "chat gpt-4.1", "commit the first chunk", "deliver the first chunk"])
        {
            var part = await collector.SpanAsync(Trace, name);
            Assert.Equal((Trace, whole.Id), (part.TraceId, part.ParentId));
        }

        Assert.Equal("1", (await collector.SpanAsync(Trace, "deliver the first chunk")).Attributes["swarms_hub.viewers"]);
        var sent = Assert.Single(scripted.Upstream.Requests).Headers;
        Assert.Equal($"00-{Trace}-{(await collector.SpanAsync(Trace, "chat gpt-4.1")).Id}-01", sent["traceparent"]);
        Assert.False(sent.ContainsKey("baggage"));
        Assert.False(collector.Has("Ann"));
    }

    [Fact]
    public async Task Viewer_That_Leaves_Before_It_Took_The_First_Chunk_Ends_Its_Delivery()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var scripted = await ScriptedHub.StartAsync(collector.Settings);
        await using var staying = await FeedReader.OpenAsync(scripted.Host);
        var leaving = await FeedReader.OpenAsync(scripted.Host);
        await staying.NextAsync();
        await leaving.NextAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).Body(Sse.Done);

        var run = await scripted.Host.StartAsync();
        await leaving.DisposeAsync();
        await staying.UntilEndOfAsync(run.Id);

        var trace = (await collector.RunAsync(run.Id)).TraceId;
        var delivery = await collector.SpanAsync(trace, "deliver the first chunk");
        Assert.Contains(delivery.Attributes["swarms_hub.viewers"], (string[])["1", "2"]);
    }

    [Fact]
    public async Task Failed_Run_Has_The_Code_Of_Its_Error_And_No_Text_Of_It()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var scripted = await ScriptedHub.StartAsync(collector.Settings);
        scripted.Upstream.Answer(500, "application/json").Body("{\"detail\":\"Words of the upstream\"}");

        var run = await scripted.Host.StartAsync();
        await scripted.Host.EndedAsync(run.Id);

        var whole = await collector.RunAsync(run.Id);
        Assert.Equal("upstream_error", whole.Attributes["error.type"]);
        Assert.Equal("upstream_error", (await collector.SpanAsync(whole.TraceId, "chat gpt-4.1")).Attributes["error.type"]);
        Assert.False(collector.Has("Words of the upstream"));
    }

    [Fact]
    public async Task Blind_Group_Has_No_Span_Of_Its_Upstreams()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var scripted = await ScriptedHub.StartAsync(collector.Settings);
        for (var i = 0; i < 2; i++)
            scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Usage + Sse.Done);

        var group = await scripted.Host.StartGroupAsync(
            [GroupCalls.Entry("AlphaAgent", "alpha-model"), GroupCalls.Entry("BetaAgent", "beta-model")], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        var traces = new List<string>();
        foreach (var run in group.Runs)
            traces.Add((await collector.RunAsync(run)).TraceId);

        Assert.DoesNotContain(
            collector.Spans, span => traces.Contains(span.TraceId) && span.Name.StartsWith("chat", StringComparison.Ordinal));
        Assert.All((string[])["AlphaAgent", "alpha-model", "BetaAgent", "beta-model"], hidden => Assert.False(collector.Has(hidden)));
    }

    [Fact]
    public async Task Metrics_Go_To_The_Collector_Too()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var hub = HubUnderTest.Start(collector.Settings);

        await Until.TrueAsync(() => collector.Has("swarms_hub.rooms.loaded") && collector.Has("swarms-hub"));
    }

    [Fact]
    public async Task Without_A_Collector_No_Trace_Goes_Upstream()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Done);

        await scripted.Host.EndedAsync(RunCalls.Started(await scripted.Host.TryStartAsync(headers: Headers)).Id);

        var sent = Assert.Single(scripted.Upstream.Requests).Headers;
        Assert.All((string[])["traceparent", "tracestate", "baggage"], header => Assert.False(sent.ContainsKey(header)));
    }
}
