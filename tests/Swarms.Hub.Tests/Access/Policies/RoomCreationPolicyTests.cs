using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Swarms.Hub.Hosting;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class RoomCreationPolicyTests(SharedHub shared)
{
    private const string Key = "a-key-of-the-operator";

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Anybody_Creates_Rooms_On_A_Loopback_Hub_Called_By_A_Loopback_Name(string host)
    {
        Assert.Equal(201, (await CreateAsync(shared.Hub, ("Host", $"{host}:{shared.Hub.Address.Port}"))).Status);
        Assert.Equal(
            "open", (await shared.Hub.Anybody().GetAsync("/api/server", ("Host", host))).Json.GetProperty("roomCreation").GetString());
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "localhost.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("X-Forwarded-Server", "proxy.example")]
    [InlineData("x-forwarded-prefix", "/hub")]
    [InlineData("X-Client-IP", "203.0.113.7")]
    [InlineData("True-Client-IP", "203.0.113.7")]
    [InlineData("CF-Connecting-IP", "203.0.113.7")]
    [InlineData("Via", "1.1 proxy.example")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    public async Task A_Loopback_Hub_Refuses_What_Comes_By_A_Foreign_Name_A_Proxy_Or_A_Foreign_Page(string header, string value) =>
        (await CreateAsync(shared.Hub, (header, value))).IsProblem(401, "unauthenticated");

    [Theory]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/hub")]
    public async Task A_Header_Of_A_Proxy_That_The_Hub_Believes_Opens_Nothing(string header, string value)
    {
        await using var hub = HubUnderTest.Start(("ForwardedHeaders_Enabled", "true"));

        (await CreateAsync(hub, (header, value))).IsProblem(401, "unauthenticated");
        Assert.Equal(201, (await CreateAsync(hub)).Status);
    }

    [Fact]
    public async Task A_Hub_That_Others_Can_Reach_Takes_The_Operators_Key()
    {
        await using var hub = HubUnderTest.Start(("urls", "http://0.0.0.0:0"), ("Access:OperatorKey", Key));

        (await CreateAsync(hub)).IsProblem(401, "unauthenticated");
        (await CreateAsync(hub, ("Authorization", "Bearer not-the-operators-key"))).IsProblem(401, "unauthenticated");
        Assert.Equal(201, (await CreateAsync(hub, ("Authorization", $"Bearer {Key}"))).Status);
        Assert.Equal(201, (await CreateAsync(hub, ("x-api-key", Key))).Status);
        Assert.Equal("operator", (await hub.Anybody().GetAsync("/api/server")).Json.GetProperty("roomCreation").GetString());
    }

    [Fact]
    public async Task The_Operators_Key_Opens_No_Room()
    {
        await using var hub = HubUnderTest.Start(("Access:OperatorKey", Key));
        var host = await hub.CreateRoomAsync();
        var operatorCaller = new Caller(hub.Address, Key);

        (await operatorCaller.GetAsync(host.Path)).IsProblem(404, "not_found");
        (await operatorCaller.PostAsync("/api/tickets", new { })).IsProblem(401, "unauthenticated");
        (await operatorCaller.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(401);
    }

    [Fact]
    public async Task A_Generated_Key_Is_Printed_At_The_First_Start_Alone_And_Stored_As_A_Hash()
    {
        await using var first = HubUnderTest.Start(("urls", "http://0.0.0.0:0"));
        var key = first.Get<OperatorKey>().Generated!;
        Assert.Contains(key, Printed(first), StringComparison.Ordinal);
        Assert.Equal(201, (await CreateAsync(first, ("Authorization", $"Bearer {key}"))).Status);
        await first.StopAsync();
        Assert.DoesNotContain(
            key,
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(first.DatabasePath, TestContext.Current.CancellationToken)),
            StringComparison.Ordinal);

        await using var second = first.Restart(("urls", "http://0.0.0.0:0"));
        Assert.DoesNotContain("sho_", Printed(second), StringComparison.Ordinal);
        Assert.Equal(201, (await CreateAsync(second, ("Authorization", $"Bearer {key}"))).Status);
    }

    [Fact]
    public async Task A_Page_Of_An_Allowed_Origin_Creates_Rooms_On_A_Loopback_Hub()
    {
        await using var hub = HubUnderTest.Start(("Access:AllowedOrigins:0", "https://app.example/"));

        Assert.Equal(201, (await CreateAsync(hub, ("Origin", "https://app.example"))).Status);
        (await CreateAsync(hub, ("Origin", "https://other.example"))).IsProblem(401, "unauthenticated");
    }

    private static Task<Answer> CreateAsync(HubUnderTest hub, params (string Name, string Value)[] headers) =>
        hub.Anybody().PostAsync("/api/rooms", new { name = "Room" }, headers);

    private static string Printed(HubUnderTest hub) =>
        string.Join('\n', hub.Services.GetServices<IHostedService>().OfType<StartupBanner>().Single().Describe());
}
