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
    [InlineData("Upstream:ConnectTimeout", "00:00:00", "is 00:00:00")]
    [InlineData("Upstream:IdleTimeout", "2.00:00:00", "is 2.00:00:00")]
    [InlineData("Upstream:MaxFrameBytes", "10", "is 10")]
    [InlineData("Upstream:MaxJsonBytes", "-1", "is -1")]
    [InlineData("Upstream:MaxRefusalBytes", "0", "is 0")]
    public async Task Setting_That_Cannot_Work_Is_Told_With_Its_Value(string name, string value, string expected)
    {
        await using var client = new ClientUnderTest(null, null, (name, value));
        var exception = Assert.Throws<OptionsValidationException>(() => client.Upstream);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "simulator")]
    [InlineData(" ", "", "simulator")]
    [InlineData("key-of-the-hub", null, "swarms")]
    [InlineData(null, "key-of-the-machine", "swarms")]
    public async Task Simulator_Answers_Where_No_Key_Is_Set_Anywhere(string? own, string? general, string kind)
    {
        var settings = new List<(string, string)>();
        if (own is not null)
            settings.Add(("Upstream:ApiKey", own));

        if (general is not null)
            settings.Add(("SWARMS_API_KEY", general));

        await using var client = new ClientUnderTest(null, null, [.. settings]);
        Assert.Equal(kind, client.Upstream.Description.Kind);
    }
}
