using System.Net;
using System.Net.Http.Json;
using Swarms.Hub.LoadTest.Generator;
using Swarms.Hub.LoadTest.Upstream;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>
/// A peer under <c>peers/</c>: it reads the upstream's stream as the hub does, numbers the chunks and sends each to its room. It has no
/// storage, no access control and no resuming.
/// </summary>
internal sealed class RelayServer(
    string name, Dialect dialect, Func<string, (string Program, string[] Arguments)> command) : ServerUnderTest
{
    private readonly HttpClient _http = new();
    private ServerProcess? _process;
    private LoadUpstream? _upstream;
    private int _rooms;

    public override string Name => name;

    public override Dialect Dialect => dialect;

    public override IPEndPoint Address { get; } = ServerProcess.FreeAddress();

    public override ProcessFigures Figures => new(() => [_process!.Id]);

    public static RelayServer DotNet(string name, string mode, Dialect dialect) => new(
        name,
        dialect,
        port => ("dotnet",
        [
            Repository.Built("tests/Swarms.Hub.LoadTest/peers/dotnet", "Peers.dll"), mode,
            "--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default", "Warning",
        ]));

    public static RelayServer Node(string name, string script, Dialect dialect) => new(
        name, dialect, port => ("node", [Path.Combine(Repository.Peers, "node", script), port]));

    public override async Task StartAsync(LoadUpstream upstream)
    {
        _upstream = upstream;
        var (program, arguments) = command(ServerProcess.Port(Address));
        _process = await ServerProcess.StartAsync(Address, program, arguments);
    }

    public override Task<IReadOnlyList<Seat>> CreateRoomAsync(int seats)
    {
        var room = $"room{++_rooms}";
        return Task.FromResult<IReadOnlyList<Seat>>([.. Enumerable.Repeat(new Seat(room), seats)]);
    }

    public override async Task StartRunAsync(string room)
    {
        using var response = await _http.PostAsJsonAsync($"http://{Address}/runs?room={room}", new { upstream = _upstream!.Address });
        response.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
