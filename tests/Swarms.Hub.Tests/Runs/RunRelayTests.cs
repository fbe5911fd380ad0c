using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

public sealed class RunRelayTests
{
    [Fact]
    public async Task Caller_That_Reads_Nothing_Costs_So_Many_Frames_And_Is_Told_Why_It_Gets_No_More()
    {
        using var relay = new RunRelay();
        for (var i = 0; i < 20_000; i++)
            relay.Add(new SseFrame(null, "{}"), Task.CompletedTask);

        Assert.Equal(16_384, await IsCutOffAsync(relay));
    }

    [Fact]
    public async Task Caller_That_Reads_Nothing_Costs_So_Much_Text()
    {
        using var relay = new RunRelay();
        var frame = new SseFrame(null, new string('a', 1_048_576));
        for (var i = 0; i < 20; i++)
            relay.Add(frame, Task.CompletedTask);

        Assert.Equal(16, await IsCutOffAsync(relay));
    }

    [Fact]
    public async Task Caller_That_Reads_Gets_More_Than_May_Wait()
    {
        using var relay = new RunRelay();
        var frame = new SseFrame(null, new string('a', 1_048_576));
        for (var i = 0; i < 40; i++)
        {
            relay.Add(frame, Task.CompletedTask);
            Assert.True(await relay.WaitAsync(TestContext.Current.CancellationToken));
            Assert.True(relay.TryRead(out var read));
            Assert.Equal((frame.Name, frame.Data), (read.Name, read.Data));
        }
    }

    [Fact]
    public async Task Run_That_Got_No_Ending_Leaves_Its_Caller_With_A_Failure()
    {
        var relay = new RunRelay();

        relay.Dispose();

        Assert.Equal(ErrorCodes.Draining, (await Assert.ThrowsAsync<HubErrorException>(() => relay.Opening)).Code);
        Assert.Equal(ErrorCodes.Internal, (await Assert.ThrowsAsync<HubErrorException>(() => relay.Ended)).Code);
    }

    private static async Task<int> IsCutOffAsync(RunRelay relay)
    {
        var frames = 0;
        while (relay.TryRead(out _))
            frames++;

        var refusal = await Assert.ThrowsAsync<HubErrorException>(() => relay.WaitAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ErrorCodes.TooLarge, refusal.Code);
        return frames;
    }
}
