using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed partial class SwarmsApiClientTests
{
    private static readonly TimeSpan AlmostIdle = TimeSpan.FromSeconds(299);

    [Fact]
    public async Task Upstream_That_Sends_No_Headers_Is_Idle_After_Its_Time()
    {
        var time = new FakeTimeProvider();
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Hang();
        await using var client = new ClientUnderTest(upstream.BaseAddress, time);
        var refusal = client.RefusalAsync();
        await answer.Requested.InTime();
        time.Advance(AlmostIdle);
        Assert.False(refusal.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var refused = await refusal.InTime();
        Assert.Equal(("upstream_idle", "The upstream sent nothing for 300 seconds."), (refused.Code, refused.Message));
        await answer.Aborted.InTime();
    }

    [Fact]
    public async Task Upstream_That_Falls_Silent_Within_The_Stream_Is_Idle_After_Its_Time()
    {
        var time = new FakeTimeProvider();
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Body(Chunk).Hang();
        await using var client = new ClientUnderTest(upstream.BaseAddress, time);
        await using var response = await client.SendAsync();
        await using var frames = response.ReadFramesAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await frames.MoveNextAsync().InTime());

        // The idle clock stands still while nothing is awaited: a full log may hold the run's loop back for any time.
        time.Advance(TimeSpan.FromHours(1));
        var next = frames.MoveNextAsync().AsTask();
        time.Advance(AlmostIdle);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await next.InTime());
        Assert.Equal("upstream_idle", Data(frames.Current).GetProperty("code").GetString());
        await response.DisposeAsync();
        await answer.Aborted.InTime();
    }

    [Fact]
    public async Task Comment_Starts_The_Idle_Timeout_Anew()
    {
        var time = new FakeTimeProvider();
        // With inline schedulers, everything written is read when FlushAsync returns, up to the next wait.
        var pipe = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        using var idle = new IdleTimeout(TimeSpan.FromSeconds(300), time);
        var body = new IdleTimeoutStream(pipe.Reader.AsStream(), idle);
        var reader = new UpstreamEventReader(body, UpstreamSecrets.Of(null, "{}"u8.ToArray()), 1024);
        var reading = reader.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken).AsTask();

        for (var round = 0; round < 5; round++)
        {
            time.Advance(AlmostIdle);
            Assert.False(reading.IsCompleted);
            await pipe.Writer.WriteAsync(": ping\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("upstream_idle", Data(Assert.Single(await reading.InTime())).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Json_That_Stops_Coming_Is_Idle_After_Its_Time()
    {
        var time = new FakeTimeProvider();
        var pipe = new Pipe();
        var response = new HttpResponseMessage
        {
            Content = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentType = new("application/json") } },
        };
        var body = "{}"u8.ToArray();
        using var answer = new UpstreamAnswer(new UpstreamOptions(), time, UpstreamSecrets.Of(null, body));
        await answer.ReceiveAsync(_ => new(response), TestContext.Current.CancellationToken);
        await pipe.Writer.WriteAsync("{\"outputs\":"u8.ToArray(), TestContext.Current.CancellationToken);

        var opening = answer.OpenAsync(new(RunKinds.Agent, body, IsStreamed: false), TestContext.Current.CancellationToken);
        time.Advance(AlmostIdle);
        Assert.False(opening.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("upstream_idle", (await Assert.ThrowsAsync<UpstreamException>(() => opening.InTime())).Code);
    }
}
