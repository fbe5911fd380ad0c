using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class SecurityHeadersTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Answers_Are_Kept_Nowhere_Unless_They_Say_Otherwise()
    {
        var host = await _hub.CreateRoomAsync();
        Answer[] answers =
        [
            await host.GetAsync(host.Path),
            await host.GetAsync($"{host.Path}/events"),
            await host.GetAsync($"{host.Path}/transcript?format=html"),
            await host.PostAsync("/api/tickets", new { }),
            await host.GetAsync("/api/nothing"),
            await _hub.Anybody().GetAsync(host.Path),
            await _hub.Anybody().PostAsync("/api/rooms", new { name = "Room" }),
            await _hub.Anybody().GetAsync("/api/server"),
            await _hub.Anybody().GetAsync("/metrics"),
            await _hub.Anybody().PostTextAsync("/v1/agent/completions", "{"),
            await _hub.Anybody().SendAsync(HttpMethod.Post, "/hub/negotiate?negotiateVersion=1", null),
        ];

        Assert.All(answers, answer => Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal));
        await using var stream = await FeedReader.OpenAsync(host);
        Assert.Equal("no-cache", stream.Response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/api/server", "same-origin")]
    [InlineData("/rooms/01k", "same-origin")]
    [InlineData("/libx", "same-origin")]
    [InlineData("/lib/signalr.js", "cross-origin")]
    [InlineData("/frames/diagram.js", "cross-origin")]
    public async Task Pages_Of_Other_Origins_Load_Nothing_But_The_Library_And_Hold_No_Window(string path, string resource)
    {
        var answer = await _hub.Anybody().GetAsync(path);

        Assert.Equal(resource, answer.Headers["Cross-Origin-Resource-Policy"]);
        Assert.Equal("same-origin", answer.Headers["Cross-Origin-Opener-Policy"]);
    }

    [Fact]
    public async Task Page_Has_No_Use_Of_Devices_And_Keeps_The_Clipboard_And_The_Full_Screen()
    {
        var permissions = (await _hub.Anybody().GetAsync("/")).Headers["Permissions-Policy"].Split(", ");

        Assert.All(["camera=()", "microphone=()", "geolocation=()", "usb=()", "payment=()"], off => Assert.Contains(off, permissions));
        Assert.DoesNotContain(permissions, name => name.StartsWith("clipboard", StringComparison.Ordinal));
        Assert.DoesNotContain(permissions, name => name.StartsWith("fullscreen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https", "hub.example", true)]
    [InlineData("https", "hub.example:8443", true)]
    [InlineData("http", "hub.example", false)]
    [InlineData("https", "localhost", false)]
    [InlineData("https", "127.0.0.1:5080", false)]
    [InlineData("https", "[::1]:5080", false)]
    public async Task Browsers_That_Came_By_Https_Come_Back_By_It_And_Not_To_Loopback(string scheme, string host, bool isTold)
    {
        await using var hub = HubUnderTest.Start(("ForwardedHeaders_Enabled", "true"));
        (string, string)[] address = [("X-Forwarded-Proto", scheme), ("X-Forwarded-Host", host)];

        var answer = await hub.Anybody().GetAsync("/api/server", address);
        var refusal = await hub.Anybody().GetAsync("/api/rooms/none", address);

        Assert.Equal(isTold ? "max-age=2592000" : null, answer.Headers.GetValueOrDefault("Strict-Transport-Security"));
        Assert.Equal(isTold ? "max-age=2592000" : null, refusal.Headers.GetValueOrDefault("Strict-Transport-Security"));
    }
}
