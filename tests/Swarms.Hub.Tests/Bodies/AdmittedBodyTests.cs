using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Bodies;

public sealed class AdmittedBodyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ByteBudget _budget = new(100_000);

    [Theory]
    [InlineData(8_193)]
    [InlineData(null)]
    public async Task Body_Beyond_Its_Calls_Limit_Is_Refused(int? statedLength)
    {
        var (context, body) = Body(new MemoryStream(new byte[8_193]), statedLength, 8_192);

        await RefusedAsync(ErrorCodes.TooLarge, context);

        Assert.Equal(statedLength is null, ((MemoryStream)body).Position > 0);
    }

    [Fact]
    public async Task Body_That_Does_Not_Fit_Beside_Those_Of_Its_Holder_Is_Refused_Before_It_Is_Read()
    {
        var (first, _) = Body(new MemoryStream(new byte[20_000]), 20_000, 20_000);
        using var held = await AdmittedBody.ReadWholeAsync(first);
        var (second, body) = Body(new MemoryStream(new byte[6_000]), 6_000, 20_000);

        await RefusedAsync(ErrorCodes.QueueFull, second);
        Assert.Equal(0, body.Position);

        held.Dispose();
        using var read = await AdmittedBody.ReadWholeAsync(Body(new MemoryStream(new byte[6_000]), 6_000, 20_000).Context);
        Assert.Equal(6_000, read.Bytes.Length);
    }

    [Fact]
    public async Task Body_Without_A_Length_Is_Counted_As_It_Comes()
    {
        using var held = _budget.TryReserve("holder", 5_000)!;
        var (fits, _) = Body(new MemoryStream(new byte[10_000]), null, 100_000);
        using (var read = await AdmittedBody.ReadWholeAsync(fits))
            Assert.Equal(10_000, read.Bytes.Length);

        var (exceeds, body) = Body(new MemoryStream(new byte[90_000]), null, 100_000);
        await RefusedAsync(ErrorCodes.QueueFull, exceeds);
        Assert.InRange(body.Position, 1, 16_384);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1_000, 31)]
    [InlineData(655_360, 40)]
    public async Task Body_That_Stops_Coming_Is_Ended_After_Thirty_Seconds_And_One_More_For_Each_64_KiB(int bytes, int seconds)
    {
        var (context, body) = Body(new StalledStream(bytes), bytes + 1, 1_000_000);
        var reading = AdmittedBody.ReadWholeAsync(context);
        await ((StalledStream)body).Stalled.InTime();

        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        var refusal = await Assert.ThrowsAsync<HubErrorException>(() => reading.InTime());
        Assert.Equal(ErrorCodes.Stalled, refusal.Code);
    }

    [Fact]
    public async Task Whole_Body_Has_No_Mark()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. "{\"name\":\"é\"}"u8];
        var (context, _) = Body(new MemoryStream(bytes), bytes.Length, 8_192);

        using var read = await AdmittedBody.ReadWholeAsync(context);

        Assert.Equal("{\"name\":\"é\"}", Encoding.UTF8.GetString(read.Bytes.Span));
    }

    private static async Task RefusedAsync(string code, HttpContext context) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubErrorException>(() => AdmittedBody.ReadWholeAsync(context))).Code);

    private (HttpContext Context, Stream Body) Body(Stream body, int? statedLength, long maxBytes)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        context.Request.ContentLength = statedLength;
        context.Request.Body = new AdmittedBody(context.Request, maxBytes, _budget, () => "holder", _time);
        return (context, body);
    }

    // Gives so many bytes and then nothing.
    private sealed class StalledStream(int bytes) : ReadOnlyStream
    {
        private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _rest = bytes;

        public Task Stalled => _stalled.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_rest == 0)
            {
                _stalled.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            var read = Math.Min(_rest, buffer.Length);
            _rest -= read;
            return read;
        }
    }
}
