using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class TokenLookupsTests
{
    [Fact]
    public async Task Wrong_Tokens_Are_Limited_By_Address_And_Lock_Out_No_Right_One()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxNewTokensPerMinute", "3"));
        var host = await hub.CreateRoomAsync();
        var answers = new List<Answer>();
        for (var i = 0; i < 4; i++)
            answers.Add(await new Caller(hub.Address, $"shr_wrong{i}").GetAsync(host.Path));

        Assert.All(answers.Take(3), answer => answer.IsProblem(401, ErrorCodes.Unauthenticated));
        var refused = answers[^1].IsProblem(429, ErrorCodes.RateLimited);
        Assert.True(refused.Headers.ContainsKey("Retry-After"));

        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
        var guest = await host.InviteAsync("viewer");
        Assert.Equal(200, (await guest.GetAsync(guest.Path)).Status);
    }
}
