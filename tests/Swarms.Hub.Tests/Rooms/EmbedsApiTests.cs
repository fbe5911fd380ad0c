using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class EmbedsApiTests(SharedHub shared)
{
    private static readonly object Quick = new { chunksPerSecond = 0, chunks = 2 };

    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Hosts_List_Embeds_Without_Their_Tokens_Until_They_Expire_Or_Are_Revoked()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(Quick)).GetProperty("id").GetString()!;

        var first = await host.EmbedAsync(run);
        var second = await host.EmbedAsync(run, 2_592_000, hideTask: true);

        Assert.Equal(
            (run, host.Member, time.GetUtcNow(), time.GetUtcNow().AddHours(1), false),
            (first.Embed.Run, first.Embed.By, first.Embed.CreatedAt, first.Embed.ExpiresAt, first.Embed.HideTask));
        Assert.Equal(time.GetUtcNow().AddDays(30), second.Embed.ExpiresAt);
        var listed = await host.GetAsync($"{host.Path}/embeds");
        Assert.Equal([second.Embed.Id, first.Embed.Id], Ids(listed));
        Assert.DoesNotContain(first.Token, listed.Text, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([second.Embed.Id], Ids(await host.GetAsync($"{host.Path}/embeds")));
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/embeds/{second.Embed.Id}")).Status);
        (await host.DeleteAsync($"{host.Path}/embeds/{second.Embed.Id}")).IsProblem(404, ErrorCodes.NotFound);
        Assert.Empty(Ids(await host.GetAsync($"{host.Path}/embeds")));
        foreach (var created in new[] { first, second })
            (await host.Reader(created).GetAsync(EmbedCalls.PathOf(created))).IsProblem(401, ErrorCodes.Unauthenticated);
    }

    [Theory]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Only_Hosts_Make_List_And_Revoke_Embeds(string role)
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(Quick)).GetProperty("id").GetString()!;
        var created = await host.EmbedAsync(run);
        var bob = await host.InviteAsync(role);

        (await bob.PostAsync($"{host.Path}/embeds", new { run })).IsProblem(403, ErrorCodes.Forbidden);
        (await bob.GetAsync($"{host.Path}/embeds")).IsProblem(403, ErrorCodes.Forbidden);
        (await bob.DeleteAsync($"{host.Path}/embeds/{created.Embed.Id}")).IsProblem(403, ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task Embed_Needs_A_Run_Of_The_Room_And_A_Lifetime_Within_Bounds()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(Quick)).GetProperty("id").GetString()!;
        var stranger = await _hub.CreateRoomAsync();

        foreach (var expiresInSeconds in (long[])[0, -1, 2_592_001])
            (await host.PostAsync($"{host.Path}/embeds", new { run, expiresInSeconds })).IsProblem(400, ErrorCodes.Invalid);

        (await host.PostAsync($"{host.Path}/embeds", new { })).IsProblem(400, ErrorCodes.Invalid);
        (await stranger.PostAsync($"{stranger.Path}/embeds", new { run })).IsProblem(404, ErrorCodes.NotFound);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);
        (await host.PostAsync($"{host.Path}/embeds", new { run })).IsProblem(404, ErrorCodes.NotFound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Embeds_Go_With_Their_Maker_As_A_Host(bool isRemoved)
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync(MemberRoles.Host);
        var run = (await host.FinishRunAsync(Quick)).GetProperty("id").GetString()!;
        var (own, others) = (await host.EmbedAsync(run), await other.EmbedAsync(run));
        await using var feed = await other.Reader(others).ReadFeedAsync(others);
        await feed.UntilAsync(FrameKinds.Snapshot);

        var path = $"{host.Path}/members/{other.Member}";
        var answer = isRemoved ? await host.DeleteAsync(path) : await host.PatchAsync(path, new { role = MemberRoles.Participant });

        Assert.Equal(isRemoved ? 204 : 200, answer.Status);
        Assert.Equal(ErrorCodes.Unauthenticated, await feed.ClosedAsync());
        (await other.Reader(others).GetAsync(EmbedCalls.PathOf(others))).IsProblem(401, ErrorCodes.Unauthenticated);
        Assert.Equal(200, (await host.Reader(own).GetAsync(EmbedCalls.PathOf(own))).Status);
        Assert.Equal([own.Embed.Id], Ids(await host.GetAsync($"{host.Path}/embeds")));
    }

    private static IEnumerable<string?> Ids(Answer listed) =>
        listed.Json.GetProperty("embeds").EnumerateArray().Select(embed => embed.GetProperty("id").GetString());
}
