using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Swarms.Hub.Streams;

public sealed class SseResponseTests
{
    [Fact]
    public void Reader_That_Is_Given_Time_Is_Not_Cut_Off_By_The_Web_Servers_Own_Rate()
    {
        var rate = new Rate();

        Begin(rate, TimeSpan.FromSeconds(30));

        Assert.Null(rate.MinDataRate);
    }

    [Fact]
    public void Reader_Without_A_Timeout_Keeps_The_Web_Servers_Rate()
    {
        var rate = new Rate();

        Begin(rate, Timeout.InfiniteTimeSpan);

        Assert.NotNull(rate.MinDataRate);
    }

    private static void Begin(Rate rate, TimeSpan sendTimeout)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpMinResponseDataRateFeature>(rate);
        new SseResponse(context, sendTimeout, TimeProvider.System, onStalled: static () => { }).Begin();
    }

    private sealed class Rate : IHttpMinResponseDataRateFeature
    {
        public MinDataRate? MinDataRate { get; set; } = new(240, TimeSpan.FromSeconds(5));
    }
}
