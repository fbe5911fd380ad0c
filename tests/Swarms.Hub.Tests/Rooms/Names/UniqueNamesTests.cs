using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class UniqueNamesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("ANN")]
    [InlineData("\u0410nn")]
    [InlineData("A\u200Bnn")]
    public async Task Taken_Name_Is_Refused_With_A_Free_Suggestion(string name)
    {
        var host = await _hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer", maxUses = 1 }));

        var refused = (await JoinAsync(invite, name)).IsProblem(409, "conflict");

        var free = refused.Json.GetProperty("suggestion").GetString()!;
        Assert.EndsWith(" 2", free, StringComparison.Ordinal);
        Assert.Contains(free, refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        // The refusal has taken no use of the invite.
        Assert.Equal(200, (await JoinAsync(invite, free)).Status);
    }

    [Fact]
    public async Task Two_Who_Join_By_One_Name_At_Once_Are_One_Member_And_One_Refusal()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => JoinAsync(invite, i % 2 == 0 ? "Bob" : "B0b")));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(409, "conflict"));
        Assert.Single(await NamesAsync(host), name => name != "Ann");
    }

    [Fact]
    public async Task Member_Takes_No_Name_Of_Another_And_Changes_The_Case_Of_Its_Own()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");

        var refused = await bob.PatchAsync($"{host.Path}/members/{bob.Member}", new { name = "ann" });
        Assert.Equal("ann 2", refused.IsProblem(409, "conflict").Json.GetProperty("suggestion").GetString());
        Assert.Equal(200, (await bob.PatchAsync($"{host.Path}/members/{bob.Member}", new { name = "BOB" })).Status);

        // The old form is as taken as the new one, because they look alike.
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        (await JoinAsync(invite, "Bob")).IsProblem(409, "conflict");
    }

    [Fact]
    public async Task Name_Is_Free_Again_Once_Its_Member_Has_Left_Or_Taken_Another()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        var eve = await host.InviteAsync("participant", "Eve");

        Assert.Equal(204, (await bob.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);
        Assert.Equal(200, (await eve.PatchAsync($"{host.Path}/members/{eve.Member}", new { name = "Bob" })).Status);
        await host.InviteAsync("viewer", "Eve");
    }

    [Fact]
    public async Task Program_Is_A_Member_And_Takes_No_Other_Ones_Name()
    {
        var host = await _hub.CreateRoomAsync();

        (await host.PostAsync($"{host.Path}/programs", new { name = "ann" })).IsProblem(409, "conflict");
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/programs", new { name = "Bot" })).Status);
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        (await JoinAsync(invite, "B\u043Et")).IsProblem(409, "conflict");
    }

    [Fact]
    public async Task Names_Of_Two_Rooms_Never_Meet()
    {
        var (one, other) = (await _hub.CreateRoomAsync(), await _hub.CreateRoomAsync());
        await one.InviteAsync("viewer", "Eve");
        await other.InviteAsync("viewer", "Eve");
    }

    private Task<Answer> JoinAsync(string invite, string name) => _hub.Anybody().PostAsync("/api/join", new { invite, name });

    private static async Task<IEnumerable<string?>> NamesAsync(MemberCaller caller) =>
        (await caller.GetAsync(caller.Path)).Json.GetProperty("members").EnumerateArray()
            .Select(member => member.GetProperty("name").GetString());
}
