using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Hubs;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Access;

/// <summary>What the token of an embed opens, and when it ends.</summary>
public sealed class EmbedReadsTests(SharedHub shared)
{
    private static readonly object Slow = new { chunksPerSecond = 20, chunks = 400 };

    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Every_Other_Route_Refuses_The_Token_Of_An_Embed()
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(Slow);
        var created = await host.EmbedAsync(run);
        var reader = host.Reader(created);
        var calls = (
            from route in _hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<EmbedReads>() is null
            // On loopback everybody creates rooms, and reads what operators read.
            where route.Metadata.GetMetadata<IAuthorizeData>()?.Policy is not (RoomPolicies.CreateRoom or RoomPolicies.Inspect)
            from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            let address = $"/{route.RoutePattern.RawText!.TrimStart('/')}"
            where address != "/api/tickets" && !address.StartsWith("/hub", StringComparison.Ordinal)
            from room in new[] { host.Room, run }
            select (method, address.Replace("{room}", room, StringComparison.Ordinal)
                .Replace("{run}", run, StringComparison.Ordinal)
                .Replace("{member}", host.Member, StringComparison.Ordinal)
                .Replace("{embed}", created.Embed.Id, StringComparison.Ordinal))).Distinct().ToList();
        Assert.True(calls.Count > 100, $"{calls.Count} calls");

        foreach (var (method, path) in calls)
        {
            var answer = method is "GET" or "HEAD" or "DELETE"
                ? await reader.SendAsync(new HttpMethod(method), path, null)
                : await reader.SendRawAsync(new HttpMethod(method), path, "{}"u8.ToArray());
            Assert.True(answer.Status is 401 or 403, $"{method} {path}: {answer.Status} {answer.Text}");
        }

        await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
    }

    [Fact]
    public async Task Every_Other_Method_Of_The_Hub_Refuses_The_Token_Of_An_Embed()
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(Slow);
        await using var caller = await HubCaller.ConnectAsync(host.Reader(await host.EmbedAsync(run)));
        var methods = typeof(RoomHub).GetMethods()
            .Where(method => method.GetCustomAttributes(typeof(RoomRoleAttribute), inherit: false).Length > 0
                && method.Name != nameof(RoomHub.WatchRoom))
            .ToList();
        Assert.True(methods.Count > 20);

        foreach (var method in methods)
        {
            foreach (var room in new[] { host.Room, run })
            {
                var arguments = method.GetParameters().Skip(1).Select(parameter =>
                    parameter.ParameterType == typeof(string) ? run
                    : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                    : null);
                await caller.IsRefusedAsync(ErrorCodes.NotFound, method.Name, [room, .. arguments]);
            }
        }

        await HubCaller.EndsAsync(caller.Watch(host.Room), ErrorCodes.NotFound);
        await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
    }

    [Fact]
    public async Task Embeds_Address_Knows_No_Members_And_No_Other_Run()
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(Slow);
        var other = await host.StartRunAsync(Slow);
        var created = await host.EmbedAsync(run);

        (await host.GetAsync($"/api/embed/{run}")).IsProblem(404, ErrorCodes.NotFound);
        (await host.Reader(created).GetAsync($"/api/embed/{other}")).IsProblem(404, ErrorCodes.NotFound);
        (await _hub.Anybody().GetAsync($"/api/embed/{run}")).IsProblem(401, ErrorCodes.Unauthenticated);
        Assert.Equal(200, (await host.Reader(created).GetAsync(EmbedCalls.PathOf(created))).Status);
        await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
        await host.PostAsync($"{host.Path}/runs/{other}/cancel", new { });
    }

    [Fact]
    public async Task Pages_Of_Every_Origin_Read_The_Embeds_Address_And_No_Other()
    {
        var host = await _hub.CreateRoomAsync();
        var created = await host.EmbedAsync(await host.StartRunAsync(new { chunks = 1, chunksPerSecond = 0 }));
        (string, string) origin = ("Origin", "https://blog.example");

        var preflight = await _hub.Anybody().SendAsync(
            HttpMethod.Options, EmbedCalls.PathOf(created), null, origin, ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization,last-event-id"));
        var answer = await host.Reader(created).GetAsync(EmbedCalls.PathOf(created), origin);
        var refusal = await _hub.Anybody().GetAsync(EmbedCalls.PathOf(created), origin);
        var elsewhere = await host.GetAsync(host.Path, origin);

        Assert.Equal((204, 200, 401), (preflight.Status, answer.Status, refusal.Status));
        foreach (var headers in new[] { preflight.Headers, answer.Headers, refusal.Headers })
        {
            Assert.Equal("*", headers["Access-Control-Allow-Origin"]);
            Assert.DoesNotContain("Access-Control-Allow-Credentials", headers.Keys);
        }

        Assert.DoesNotContain("Access-Control-Allow-Origin", elsewhere.Headers.Keys);
    }

    [Theory]
    [InlineData("revoked", ErrorCodes.Unauthenticated)]
    [InlineData("expired", ErrorCodes.Unauthenticated)]
    [InlineData("run", ErrorCodes.NotFound)]
    [InlineData("room", ErrorCodes.NotFound)]
    public async Task Connections_End_In_Mid_Stream_With_The_Embed_Its_Run_And_Its_Room(string what, string code)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time, ("Runs:DrainTimeout", "00:00:00"));
        var host = await hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunks = 2, chunksPerSecond = 0 })).GetProperty("id").GetString()!;
        var created = await host.EmbedAsync(run);
        await using var feed = await host.Reader(created).ReadFeedAsync(created);
        await feed.UntilAsync(FrameKinds.Snapshot);
        await using var caller = await HubCaller.ConnectAsync(host.Reader(created));
        var watch = caller.Watch(run);
        await watch.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

        if (what == "expired")
            time.Advance(TimeSpan.FromHours(1));
        else
        {
            var path = what == "revoked" ? $"{host.Path}/embeds/{created.Embed.Id}" : what == "run" ? $"{host.Path}/runs/{run}" : host.Path;
            Assert.Equal(204, (await host.DeleteAsync(path)).Status);
        }

        Assert.Equal(code, await feed.ClosedAsync());
        // The hub gives the client a second of its clock to leave.
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return caller.Closed.IsCompleted;
        });
        Assert.Contains((await host.Reader(created).GetAsync(EmbedCalls.PathOf(created))).Status, (int[])[401, 404]);
    }

    [Fact]
    public async Task Ticket_Of_An_Embed_Opens_A_Connection_For_Its_Run_Alone()
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(Slow);
        var reader = host.Reader(await host.EmbedAsync(run));
        var ticket = (await reader.PostAsync("/api/tickets", new { })).Json.GetProperty("ticket").GetString()!;

        await using var caller = await HubCaller.ConnectAsync(_hub.Anybody(), $"/hub?access_token={ticket}");
        var frame = await caller.Watch(run).ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();
        Assert.Equal(run, frame.GetProperty("room").GetProperty("id").GetString());

        var another = (await reader.PostAsync("/api/tickets", new { })).Json.GetProperty("ticket").GetString()!;
        (await _hub.Anybody().GetAsync($"{host.Path}/events?access_token={another}")).IsProblem(401, ErrorCodes.Unauthenticated);
        await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
    }
}
