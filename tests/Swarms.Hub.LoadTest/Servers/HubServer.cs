using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Swarms.Hub.LoadTest.Generator;
using Swarms.Hub.LoadTest.Upstream;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>
/// The hub, built for release, with everything on: stored before shown, and every viewer an own member with an own token. It may also be a
/// running hub, given by address and process id, whose upstream must be <see cref="LoadUpstream"/>.
/// </summary>
internal sealed class HubServer(LoadOptions options, string name, string path) : ServerUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("swarms-hub-load").FullName;
    private readonly ConcurrentDictionary<string, string> _hosts = [];
    private ServerProcess? _process;
    private HttpClient? _http;

    public override string Name => name;

    public override Dialect Dialect { get; } = new HubDialect();

    public override IPEndPoint Address { get; } = options.Hub ?? ServerProcess.FreeAddress();

    public override ProcessFigures Figures => new(() => [_process?.Id ?? options.HubProcess!.Value]);

    public override bool StatesDigests => true;

    public override async Task StartAsync(LoadUpstream upstream)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://{Address}") };
        if (options.Hub is not null)
            return;

        _process = await ServerProcess.StartAsync(
            Address,
            "dotnet",
            [
                path, "--urls", $"http://{Address}", "--Storage:Path", Path.Combine(_folder, "hub.db"),
                "--Upstream:BaseAddress", upstream.Address.ToString(), "--Upstream:ApiKey", "load-test",
                // All viewers come at once, from one address.
                "--Access:MaxJoinsPerMinute", "100000000", "--Access:MaxRoomsPerMinute", "100000000",
                "--Access:MaxConnectionsPerMinute", "100000000",
                "--Access:MaxActionsPerMinute", "100000000", "--Access:MaxNewTokensPerMinute", "100000000",
                "--Runs:MaxParallelPerRoom", "1000", "--Runs:MaxParallel", "10000", "--Runs:MaxTextBytes", "134217728",
                "--Logging:LogLevel:Default", "Warning", .. options.Settings,
            ],
            options.Environment);

        // The hub listens before it is ready.
        while (true)
        {
            using var ready = await _http.GetAsync(new Uri("readyz", UriKind.Relative));
            if (ready.IsSuccessStatusCode)
                return;
        }
    }

    public override async Task<IReadOnlyList<Seat>> CreateRoomAsync(int seats)
    {
        var room = await PostAsync<RoomAdmission>("api/rooms", new CreateRoomRequest { Name = "Load" }, token: null);
        _hosts[room.Room.Id] = room.Token!;
        var invite = await PostAsync<InviteCreated>(
            $"api/rooms/{room.Room.Id}/invites", new CreateInviteRequest { Role = MemberRoles.Viewer }, room.Token);
        var taken = new List<Seat>(seats);
        // Members join in groups: joining is durable, and one fsync serves all that come together.
        foreach (var some in Enumerable.Range(1, seats).Chunk(64))
        {
            var joined = await Task.WhenAll(
                some.Select(
                    i => PostAsync<RoomAdmission>("api/join", new JoinRequest { Code = invite.Code, Name = $"Viewer {i}" }, token: null)));
            taken.AddRange(joined.Select(admission => new Seat(room.Room.Id, admission.Token)));
        }

        return taken;
    }

    public override async Task StartRunAsync(string room)
    {
        var agent = new { agent_name = "Load", model_name = "load", streaming_on = true };
        await PostAsync<RunStarted>(
            $"api/rooms/{room}/runs",
            new { kind = RunKinds.Agent, request = new { agent_config = agent, task = "Load" } },
            _hosts[room]);
    }

    /// <summary>Waits until the room's newest run has ended and its whole text is stored.</summary>
    public async Task WaitForEndingAsync(string room)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/rooms/{room}/runs?limit=1");
            request.Headers.Add("Authorization", $"Bearer {_hosts[room]}");
            using var response = await _http!.SendAsync(request);
            var page = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RunPage>(ProtocolJson.Options);
            if (RunStates.HasEnded(page!.Runs[0].State))
                return;

            await Task.Delay(10);
        }
    }

    public async Task<HubMetricsPage> ReadMetricsAsync() => HubMetricsPage.Parse(await _http!.GetStringAsync("metrics"));

    /// <summary>The size of the database's file, which holds everything once the hub has stopped.</summary>
    public long DatabaseBytes => new FileInfo(Path.Combine(_folder, "hub.db")).Length;

    public async Task StopAsync() => await _process!.DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<T> PostAsync<T>(string path, object body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body, options: ProtocolJson.Options);
        if (token is not null)
            request.Headers.Add("Authorization", $"Bearer {token}");

        using var response = await _http!.SendAsync(request);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<T>(ProtocolJson.Options))!
            : throw new HttpRequestException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
