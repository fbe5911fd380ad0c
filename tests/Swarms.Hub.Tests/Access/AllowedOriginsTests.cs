using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class AllowedOriginsTests
{
    [Fact]
    public async Task A_Page_Of_An_Allowed_Origin_Calls_With_A_Token_And_Never_With_Cookies()
    {
        await using var hub = HubUnderTest.Start(("Access:AllowedOrigins:0", "https://app.example"));
        var host = await hub.CreateRoomAsync();

        var answer = await host.GetAsync(host.Path, ("Origin", "https://app.example"));
        var refusal = await host.GetAsync("/api/rooms/nothing", ("Origin", "https://app.example"));
        var preflight = await hub.Anybody().SendAsync(HttpMethod.Options, $"{host.Path}/runs", null,
            ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));

        Assert.Equal(204, preflight.Status);
        Assert.Equal(404, refusal.Status);
        foreach (var headers in new[] { answer.Headers, refusal.Headers, preflight.Headers })
        {
            Assert.Equal("https://app.example", headers["Access-Control-Allow-Origin"]);
            Assert.DoesNotContain("Access-Control-Allow-Credentials", headers.Keys);
        }
    }

    [Fact]
    public async Task A_Page_Of_Any_Other_Origin_Is_Told_Nothing()
    {
        await using var hub = HubUnderTest.Start(("Access:AllowedOrigins:0", "https://app.example"));
        var host = await hub.CreateRoomAsync();

        foreach (var origin in new[] { "https://other.example", "http://app.example", "null" })
        {
            var answer = await host.GetAsync(host.Path, ("Origin", origin));
            var preflight = await hub.Anybody()
                .SendAsync(HttpMethod.Options, host.Path, null, ("Origin", origin), ("Access-Control-Request-Method", "DELETE"));

            Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
            Assert.DoesNotContain("Access-Control-Allow-Origin", preflight.Headers.Keys);
        }
    }
}
