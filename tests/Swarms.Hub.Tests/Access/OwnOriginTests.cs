using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Access;

public sealed class OwnOriginTests
{
    private readonly Recorder _logger = new();

    [Theory]
    [InlineData("http", "hub.example:5080", "http://hub.example:5080", true)]
    [InlineData("http", "hub.example", "http://hub.example:80", true)]
    [InlineData("http", "hub.example:80", "http://hub.example", true)]
    [InlineData("https", "hub.example", "https://hub.example:443", true)]
    [InlineData("https", "hub.example:443", "https://HUB.example", true)]
    [InlineData("http", "[::1]:5080", "http://[::1]:5080", true)]
    [InlineData("http", "127.0.0.1:5104", "https://127.0.0.1:5104", false)]
    [InlineData("https", "hub.example", "http://hub.example", false)]
    [InlineData("http", "hub.example", "http://hub.example:443", false)]
    [InlineData("http", "127.0.0.1:5104", "http://evil.com@127.0.0.1:5104", false)]
    [InlineData("http", "hub.example", "http://hub.example/path", false)]
    [InlineData("http", "hub.example", "null", false)]
    [InlineData("http", "hub.example", "", false)]
    public void Scheme_Host_And_Port_Make_The_Own_Origin_And_A_Default_Port_Need_Not_Be_Named(
        string scheme, string host, string origin, bool isOwn)
    {
        var request = Request(scheme, host, origin);

        Assert.Equal((isOwn, isOwn), (Create().IsOwn(request), Create().IsNotForeign(request)));
    }

    [Theory]
    [InlineData("https://evil.example", "http://hub.example")]
    [InlineData("http://hub.example", "https://evil.example")]
    [InlineData("http://hub.example", "http://hub.example")]
    public void Several_Origins_Are_Nobodys(string first, string second)
    {
        var request = Request("http", "hub.example", first, second);

        Assert.Equal((false, false), (Create().IsOwn(request), Create().IsNotForeign(request)));
    }

    [Fact]
    public void Refusal_Is_Logged_With_Both_Origins_And_The_Cure()
    {
        Create().IsNotForeign(Request("http", "hub.example", "https://hub.example:25102"));

        var (level, line) = Assert.Single(_logger.Lines);
        Assert.Equal(LogLevel.Information, level);
        Assert.Contains("https://hub.example:25102", line, StringComparison.Ordinal);
        Assert.Contains("http://hub.example ", line, StringComparison.Ordinal);
        Assert.Contains("proxy_set_header Host $http_host", line, StringComparison.Ordinal);
    }

    private OwnOrigin Create() => new(_logger);

    private static HttpRequest Request(string scheme, string host, params string[] origins)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = ("POST", scheme, new HostString(host));
        request.Headers.Origin = origins;
        return request;
    }

    private sealed class Recorder : ILogger<OwnOrigin>
    {
        public List<(LogLevel Level, string Line)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
