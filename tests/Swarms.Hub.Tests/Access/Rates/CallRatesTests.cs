using System.Text;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class CallRatesTests
{
    [Fact]
    public void Each_Rate_Is_Its_Holders_Own_And_Says_When_To_Come_Back()
    {
        using var rates = new CallRates(Options.Create(new RateOptions
        {
            MaxActionsPerMinute = 10,
            MaxJoinsPerMinute = 1,
            MaxRoomsPerMinute = 1,
            MaxTextBytesPerMinute = 524_288,
            MaxNewTokensPerMinute = 1,
        }));
        Assert.Null(rates.TryCountAction("a"));
        Assert.Null(rates.TryCountAction("a"));
        rates.CountText("a", 131_072);
        rates.CountJoin("a");
        rates.CountRoom("a");
        rates.CountNewToken("a");

        Assert.All(
            (Action<string>[])[
                CountAction, holder => rates.CountText(holder, 16_384), rates.CountJoin, rates.CountRoom, rates.CountNewToken],
            count =>
            {
                var refusal = Assert.Throws<HubErrorException>(() => count("a"));
                Assert.Equal(ErrorCodes.RateLimited, refusal.Code);
                Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
                Assert.Contains("Try again in", refusal.Message, StringComparison.Ordinal);
                count("b");
            });

        void CountAction(string holder)
        {
            if (rates.TryCountAction(holder) is { } refusal)
                throw refusal;
        }
    }

    [Fact]
    public async Task Everything_That_A_Member_Appends_Counts_Over_Http_And_SignalR_Together()
    {
        // One call at once, and then one in twelve seconds.
        await using var hub = HubUnderTest.Start(("Access:MaxActionsPerMinute", "5"));
        foreach (var append in (Func<MemberCaller, Task<Answer>>[])
        [
            member => member.PostAsync($"{member.Path}/messages", new { text = "Hello" }),
            member => member.PostAsync($"{member.Path}/reactions", new { target = 1, emoji = "👍" }),
            member => member.PatchAsync($"{member.Path}/members/{member.Member}", new { name = "Anna" }),
            member => member.PatchAsync(member.Path, new { name = "Chemistry" }),
            member => member.PostAsync($"{member.Path}/invites", new { role = "viewer" }),
            member => member.PostAsync($"{member.Path}/runs", new { request = new { task = "x" } }),
            member => member.PostAsync("/v1/agent/completions", new { task = "x", simulation = new { chunks = 1, chunksPerSecond = 0 } }),
        ])
        {
            var host = await hub.CreateRoomAsync();
            Assert.InRange((await append(host)).Status, 200, 299);
            var refused = (await host.PostAsync($"{host.Path}/messages", new { text = "More" })).IsProblem(429, ErrorCodes.RateLimited);
            Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
            Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
            await using var caller = await HubCaller.ConnectAsync(host);
            await caller.IsRefusedAsync(ErrorCodes.RateLimited, "Say", host.Room, "More");
            (await host.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(429);
        }
    }

    [Fact]
    public async Task Calls_Of_Unknown_Methods_Count_As_Any_Other()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxActionsPerMinute", "5"));
        var host = await hub.CreateRoomAsync();
        await using var caller = await HubCaller.ConnectAsync(host);
        await caller.IsRefusedAsync(ErrorCodes.Invalid, "NoSuchMethod", host.Room);

        await caller.IsRefusedAsync(ErrorCodes.RateLimited, "NoSuchMethod", host.Room);
        await caller.IsRefusedAsync(ErrorCodes.RateLimited, "Say", host.Room, 7);
        (await host.PostAsync($"{host.Path}/messages", new { text = "Hello" })).IsProblem(429, ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task Text_Counts_By_Its_Bytes_And_Another_Member_Has_Its_Own()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxTextBytesPerMinute", "524288"));
        var host = await hub.CreateRoomAsync();
        var viewer = await host.InviteAsync("viewer");
        var text = new string('é', 16_384);
        Assert.Equal(32_768, Encoding.UTF8.GetByteCount(text));
        for (var i = 0; i < 4; i++)
            Assert.Equal(201, (await viewer.PostAsync($"{host.Path}/messages", new { text })).Status);

        (await viewer.PostAsync($"{host.Path}/messages", new { text })).IsProblem(429, ErrorCodes.RateLimited);
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text })).Status);
        Assert.Equal(202, (await host.PostAsync($"{host.Path}/runs", new { request = new { task = text } })).Status);
    }

    [Fact]
    public async Task Class_Of_Thirty_Joins_At_Once_By_One_Link_With_The_Defaults()
    {
        var defaults = new RateOptions();
        await using var hub = HubUnderTest.Start(
            ("Access:MaxJoinsPerMinute", $"{defaults.MaxJoinsPerMinute}"),
            ("Access:MaxActionsPerMinute", $"{defaults.MaxActionsPerMinute}"),
            ("Access:MaxNewTokensPerMinute", $"{defaults.MaxNewTokensPerMinute}"));
        var host = await hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => hub.Anybody().PostAsync("/api/join", new { invite, name = $"Pupil {i}" })));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Joins_By_One_Invite_And_New_Rooms_Are_Limited()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxJoinsPerMinute", "2"), ("Access:MaxRoomsPerMinute", "1"));
        var host = await hub.CreateRoomAsync();
        await host.InviteAsync("viewer");
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        for (var i = 0; i < 2; i++)
            Assert.Equal(200, (await hub.Anybody().PostAsync("/api/join", new { invite, name = $"Bob {i}" })).Status);

        (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Bob" })).IsProblem(429, ErrorCodes.RateLimited);
        (await hub.Anybody().PostAsync("/api/rooms", new { name = "More" })).IsProblem(429, ErrorCodes.RateLimited);
    }
}
