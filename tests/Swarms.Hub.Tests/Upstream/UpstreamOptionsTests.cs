using Microsoft.Extensions.Options;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream;

public sealed class UpstreamOptionsTests
{
    [Theory]
    [InlineData("Upstream:BaseAddress", "/v1", "is '/v1'")]
    [InlineData("Upstream:BaseAddress", "ftp://example.org", "is 'ftp://example.org'")]
    [InlineData("Upstream:BaseAddress", "https://me:password@example.org", "is 'https://…@example.org'")]
    [InlineData("Upstream:BaseAddress", "https://example.org/?key=1", "must be an absolute http or https address")]
    [InlineData("Upstream:ApiKey", "two words", "may hold only visible ASCII characters")]
    [InlineData("Upstream:Kind", "swarm", "must be Swarms or Simulator or OpenAi or Ollama or Anthropic, but is 'swarm'")]
    [InlineData("Upstream:ConnectTimeout", "00:00:00", "must be 1 ms to 10 min, such as 10 s, but is '00:00:00'")]
    [InlineData("Upstream:IdleTimeout", "2 d", "must be 1 ms to 1 d, such as 5 min, but is '2 d'")]
    [InlineData("Upstream:MaxFrameBytes", "10", "must be 1 KiB to 32 MiB, such as 4 MiB, but is '10'")]
    [InlineData("Upstream:MaxJsonBytes", "-1", "is '-1'")]
    [InlineData("Upstream:MaxRefusalBytes", "0", "is '0'")]
    public async Task Setting_That_Cannot_Work_Is_Told_With_Its_Value(string name, string value, string expected)
    {
        await using var client = new ClientUnderTest(null, null, ("SWARMS_API_KEY", "key-of-the-machine"), (name, value));
        var exception = Assert.Throws<OptionsValidationException>(() => client.Upstream);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulator")]
    [InlineData("swarms", "Upstream:ApiKey", "key-of-the-hub")]
    [InlineData("swarms", "SWARMS_API_KEY", "key-of-the-machine")]
    [InlineData("swarms", "SWARMS_API_KEY", "key-of-the-machine", "Upstream:ApiKey", "")]
    [InlineData("swarms", "SWARMS_API_KEY", "key-of-the-machine", "Upstream:Kind", "Swarms")]
    [InlineData("simulator", "SWARMS_API_KEY", "key-of-the-machine", "Upstream:Kind", "simulator")]
    [InlineData("simulator", "SWARMS_API_KEY", "", "Upstream:Kind", "simulator")]
    [InlineData("simulator", "Upstream:IdleTimeout", "1 min")]
    public async Task Simulator_Answers_Where_No_Upstream_Is_Set_Or_The_Kind_Says_So(string kind, params string[] settings)
    {
        await using var client = new ClientUnderTest(null, null, [.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        Assert.Equal(kind, client.Upstream.Description.Kind);
    }

    [Theory]
    [InlineData("SWARMS_API_KEY", "")]
    [InlineData("Upstream:ApiKey", " ")]
    [InlineData("Upstream:BaseAddress", "https://api.example.org")]
    [InlineData("Upstream:Kind", "swarms")]
    public async Task Upstream_Without_A_Key_Is_Refused_And_Never_Means_Invented_Answers(string name, string value)
    {
        await using var client = new ClientUnderTest(null, null, (name, value));

        var exception = Assert.Throws<OptionsValidationException>(() => client.Upstream);

        Assert.Contains("Upstream:ApiKey and SWARMS_API_KEY are empty", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Upstream:Kind to simulator", exception.Message, StringComparison.Ordinal);
    }
}
