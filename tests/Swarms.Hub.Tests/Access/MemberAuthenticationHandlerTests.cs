using System.Net;
using System.Net.Http.Headers;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Access;

public sealed class MemberAuthenticationHandlerTests
{
    [Fact]
    public async Task Request_Without_A_Right_Token_Leaves_Nothing_In_The_Log()
    {
        await using var hub = await HubProcess.StartNewAsync();
        await hub.PrintsAsync("Operator key");
        var before = hub.Output;
        using var client = new HttpClient { BaseAddress = hub.Address };
        foreach (var path in new[] { "/api/rooms/room", "/hub", "/api/rooms/room/events" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "shr_wrong");
            using var refused = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            using var anonymous = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        }

        Assert.Equal(before, hub.Output);
    }
}
