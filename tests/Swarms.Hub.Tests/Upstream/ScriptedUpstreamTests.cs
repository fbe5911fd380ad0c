using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream;

public sealed class ScriptedUpstreamTests
{
    [Fact]
    public async Task Request_That_Was_Not_Scripted_Fails_The_Test()
    {
        var upstream = await ScriptedUpstream.StartAsync();
        await using (var client = new ClientUnderTest(upstream.BaseAddress))
            Assert.Equal("This request was not scripted.", (await client.RefusalAsync()).Message);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => upstream.DisposeAsync().AsTask());
        Assert.Equal("No answer was scripted for POST /v1/agent/completions.", failure.Message);
    }
}
