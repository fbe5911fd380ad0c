using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class ProgramsApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Program_Is_A_Member_With_A_Token_Of_Its_Own_And_A_Runs_Author()
    {
        var host = await _hub.CreateRoomAsync();
        var program = await AdmitAsync(host, new { name = "Nightly report" });

        Assert.Equal("participant", program.Admission.Member.Role);
        var run = await program.StartRunAsync(new { chunksPerSecond = 0, chunks = 1 });
        Assert.Equal(program.Member, (await host.GetAsync($"{host.Path}/runs/{run}")).Json.GetProperty("by").GetString());
        Assert.Equal(200, (await program.PostAsync("/v1/agent/completions", new { task = "x", simulation = new { chunks = 1 } })).Status);
        var members = (await host.GetAsync(host.Path)).Json.GetProperty("members").EnumerateArray();
        Assert.Contains(members, member => member.GetProperty("name").GetString() == "Nightly report");
    }

    [Fact]
    public async Task Hosts_List_Programs_With_Their_Lifetime_And_Last_Use()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var created = time.GetUtcNow();
        var first = await AdmitAsync(host, new { name = "First", role = "viewer", expiresInSeconds = 86_400 });
        time.Advance(TimeSpan.FromMinutes(1));
        await AdmitAsync(host, new { name = "Second" });
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(200, (await first.GetAsync(first.Path)).Status);
        // The use is stored behind the answer, in the order of the log.
        Assert.Equal(201, (await first.PostAsync($"{first.Path}/messages", new { text = "hi" })).Status);

        var listed = await host.GetAsync($"{host.Path}/programs");

        var programs = listed.Json.GetProperty("programs").EnumerateArray().ToList();
        Assert.Equal(["Second", "First"], programs.Select(program => program.GetProperty("name").GetString()));
        Assert.Equal(
            (first.Member, "viewer", host.Member, created, created.AddDays(1), created.AddMinutes(1).AddHours(2)),
            (Text(programs[1], "id"), Text(programs[1], "role"), Text(programs[1], "by"), Time(programs[1], "createdAt"),
                Time(programs[1], "expiresAt"), Time(programs[1], "lastUsedAt")));
        Assert.Equal(JsonValueKind.Null, programs[0].GetProperty("expiresAt").ValueKind);
        Assert.DoesNotContain(first.Token!, listed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Only_Hosts_Admit_And_List_Programs(string role)
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync(role);

        (await bob.PostAsync($"{host.Path}/programs", new { name = "Bot" })).IsProblem(403, "forbidden");
        (await bob.GetAsync($"{host.Path}/programs")).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Program_Admits_No_Program()
    {
        var host = await _hub.CreateRoomAsync();
        var program = await AdmitAsync(host, new { name = "Bot", role = "host" });

        (await program.PostAsync($"{host.Path}/programs", new { name = "Bot's bot" })).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Removed_Program_Has_Lost_Its_Token()
    {
        var host = await _hub.CreateRoomAsync();
        var program = await AdmitAsync(host, new { name = "Bot" });

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{program.Member}")).Status);

        (await program.GetAsync(program.Path)).IsProblem(401, "unauthenticated");
        Assert.Empty((await host.GetAsync($"{host.Path}/programs")).Json.GetProperty("programs").EnumerateArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Programs_Go_With_Their_Maker_And_Their_Invites_Too(bool isRemoved)
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        var program = await AdmitAsync(other, new { name = "Bot", role = "host" });
        var invite = await program.CreateInviteAsync(new { role = "host" });
        await using var feed = await FeedReader.OpenAsync(host);

        Assert.Equal(204, (await (isRemoved ? host : other).DeleteAsync($"{host.Path}/members/{other.Member}")).Status);

        Assert.Equal(program.Member, await LeftAsync());
        Assert.Equal(other.Member, await LeftAsync());
        (await program.GetAsync(program.Path)).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().PostAsync("/api/join", new { invite = MemberCaller.Secret(invite), name = "Bob" }))
            .IsProblem(404, "not_found");

        async Task<string?> LeftAsync() =>
            (await feed.UntilAsync("member.left")).GetProperty("data").GetProperty("member").GetProperty("id").GetString();
    }

    [Fact]
    public async Task Demoted_Host_Keeps_The_Programs_Up_To_His_Role()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        var above = await AdmitAsync(other, new { name = "Above", role = "host" });
        var below = await AdmitAsync(other, new { name = "Below", role = "participant" });

        Assert.Equal(200, (await host.PatchAsync($"{host.Path}/members/{other.Member}", new { role = "participant" })).Status);

        (await above.GetAsync(above.Path)).IsProblem(401, "unauthenticated");
        Assert.Equal(200, (await below.GetAsync(below.Path)).Status);
    }

    [Fact]
    public async Task Last_Host_Does_Not_Leave_Behind_A_Program()
    {
        var host = await _hub.CreateRoomAsync();
        var program = await AdmitAsync(host, new { name = "Bot", role = "host" });

        (await host.DeleteAsync($"{host.Path}/members/{host.Member}")).IsProblem(409, "conflict");
        (await program.DeleteAsync($"{host.Path}/members/{host.Member}")).IsProblem(401, "unauthenticated");

        Assert.Equal(200, (await program.GetAsync(program.Path)).Status);
    }

    private static async Task<MemberCaller> AdmitAsync(MemberCaller host, object request)
    {
        var answer = await host.PostAsync($"{host.Path}/programs", request);
        Assert.Equal(201, answer.Status);
        return new MemberCaller(host.Address, JsonSerializer.SerializeToElement(new
        {
            room = host.Admission.Room,
            member = answer.Json.GetProperty("member"),
            token = answer.Json.GetProperty("token").GetString(),
        }, Protocol.ProtocolJson.Options));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static DateTimeOffset Time(JsonElement json, string name) => json.GetProperty(name).GetDateTimeOffset();
}
