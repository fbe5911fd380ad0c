using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Proxies;

/// <summary>The page, both SDKs, the feed and the doors through each proxy that docs/hosting describes.</summary>
public sealed partial class ProxyTests(ProxiedHub started) : IClassFixture<ProxiedHub>, IDisposable
{
    private readonly HubProcess _hub = started.Hub;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });

    public static TheoryData<string, ProxyMode> Proxies =>
        [
            .. from kind in ProxyKind.All
            from mode in Enum.GetValues<ProxyMode>()
            select new TheoryDataRow<string, ProxyMode>(kind.Program, mode),
        ];

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Page_Loads_And_Joins_Through_The_Proxy(string program, ProxyMode mode)
    {
        await using var proxy = await StartAsync(program, mode);
        var room = await _hub.CreateRoomAsync();

        foreach (var path in (string[])["", "join", $"rooms/{room.Room.Id}"])
            await LoadAsync(new Uri(proxy.Address, path));

        using var redirected = await _client.GetAsync(proxy.Address.ToString().TrimEnd('/'), TestContext.Current.CancellationToken);
        Assert.Equal(proxy.Address, redirected.RequestMessage!.RequestUri);
        var invite = await InviteAsync(proxy.Address, room);
        Assert.StartsWith(proxy.Address.ToString(), invite.Url, StringComparison.Ordinal);
        using var join = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Address, "api/join"))
        {
            Content = JsonContent.Create(new { code = invite.Code, name = "Ada", session = "cookie" }),
            Headers = { { "Origin", proxy.Address.GetLeftPart(UriPartial.Authority) } },
        };
        using var joined = await _client.SendAsync(join, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, true), (joined.StatusCode, joined.Headers.Contains("Set-Cookie")));
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Both_Sdks_Watch_Through_The_Proxy(string program, ProxyMode mode)
    {
        JavaScriptProgram.Require();
        await using var proxy = await StartAsync(program, mode);
        var room = await _hub.CreateRoomAsync();
        await using var dotnet = new DotNetProgram(proxy.Address, room.Room.Id, room.Token!, TimeSpan.FromSeconds(8));
        await using var node = new JavaScriptProgram(proxy.Address, room.Room.Id, room.Token!, TimeSpan.FromSeconds(8));
        SdkProgram[] programs = [dotnet, node];
        foreach (var watching in programs)
        {
            await watching.BecomesAsync("live");
            Assert.Equal(mode == ProxyMode.NoUpgrades ? "longPolling" : "webSockets", watching.Taken[^1].Transport);
        }

        var run = await _hub.StartRunAsync(room, new { chunks = 100, chunksPerSecond = 50 });

        var texts = await Task.WhenAll(programs.Select(watching => watching.VerifiesAsync()));
        using var hub = _hub.CreateClient(room.Token);
        var stored = await hub.GetFromJsonAsync<Run>(
            $"api/rooms/{room.Room.Id}/runs/{run.Id}", ProtocolJson.Options, TestContext.Current.CancellationToken);
        Assert.All(texts, text => Assert.Equal(stored!.Text, text));
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Feed_And_Doors_Stream_Through_The_Proxy(string program, ProxyMode mode)
    {
        await using var proxy = await StartAsync(program, mode);
        var room = await _hub.CreateRoomAsync();
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(proxy.Address, $"api/rooms/{room.Room.Id}/events"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", room.Token), Accept = { new("text/event-stream") } },
        };
        using var feed = await _client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var events = await EventsAsync(feed);
        Assert.Equal("snapshot", await NextAsync(events));

        // Its ending waits for the test, so what arrives before it was not held back.
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Address, "v1/agent/completions"))
        {
            Headers = { { "x-api-key", room.Token } },
            Content = JsonContent.Create(new
            {
                agent_config = new { agent_name = "Writer", streaming_on = true },
                task = "Tell a story",
                simulation = new { chunks = 100_000, chunksPerSecond = 50 },
            }),
        };
        using var door = await _client.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var frames = await EventsAsync(door);
        while (await NextAsync(frames) != "chunk")
        {
        }

        while (await NextAsync(events) != "chunk")
        {
        }

        using var hub = _hub.CreateClient(room.Token);
        using var cancelled = await hub.PostAsync(
            $"api/rooms/{room.Room.Id}/runs/{door.Headers.GetValues("X-Run-Id").Single()}/cancel",
            null,
            TestContext.Current.CancellationToken);
        Assert.True(cancelled.IsSuccessStatusCode);
        while (await NextAsync(frames) != "error")
        {
        }
    }

    [Fact]
    public async Task Hub_With_A_Path_Of_Its_Own_Answers_Below_It_Whether_Or_Not_The_Proxy_Takes_It_Off()
    {
        await using var hub = await HubProcess.StartNewAsync("--Server:PathBase", "/team/hub");
        var room = await hub.CreateRoomAsync();

        foreach (var before in (string[])["", "team/hub/"])
        {
            var invite = await InviteAsync(new Uri(hub.Address, before), room);
            Assert.Equal(new Uri(hub.Address, "team/hub/join"), new Uri(invite.Url.Split('#')[0]));
            await LoadAsync(new Uri(hub.Address, $"{before}rooms/{room.Room.Id}"));
        }

        using var client = new HubClient(new Uri(hub.Address, "team/hub"));
        await foreach (var update in client.OpenRoom(room.Room.Id, room.Token!).WatchAsync(TestContext.Current.CancellationToken))
        {
            if (update is SnapshotUpdate)
                break;
        }
    }

    private Task<ProxyProcess> StartAsync(string program, ProxyMode mode) =>
        ProxyProcess.StartAsync(ProxyKind.All.Single(kind => kind.Program == program), mode, _hub.Address);

    /// <summary>Loads a page and everything that it names.</summary>
    private async Task LoadAsync(Uri page)
    {
        var html = await _client.GetStringAsync(page, TestContext.Current.CancellationToken);
        var names = Address().Matches(html).Select(match => match.Groups["address"].Value).ToList();
        Assert.True(names.Count >= 3, html);
        foreach (var name in names)
        {
            using var part = await _client.GetAsync(new Uri(page, name), TestContext.Current.CancellationToken);
            Assert.True(part.IsSuccessStatusCode, $"{page} names {name}: {part.StatusCode}");
        }
    }

    private async Task<InviteCreated> InviteAsync(Uri address, RoomAdmission room)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"api/rooms/{room.Room.Id}/invites"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", room.Token) },
            Content = JsonContent.Create(new { role = "viewer" }),
        };
        using var answer = await _client.SendAsync(call, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<InviteCreated>(ProtocolJson.Options, TestContext.Current.CancellationToken))!;
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> EventsAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(CancellationToken.None);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync().InTime(), "The stream ended.");
        return events.Current.EventType;
    }

    [GeneratedRegex("(?:src|href)=\"(?<address>[^\"#]+)\"")]
    private static partial Regex Address();
}
