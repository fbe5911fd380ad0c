using System.Globalization;
using System.Net;
using Swarms.Hub.LoadTest.Generator;
using Swarms.Hub.LoadTest.Upstream;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>
/// The server nginx with nchan. It reads no upstream, so this test plays its application: it reads the upstream, numbers the chunks and
/// posts each to the room's channel. Only nginx's processes are counted.
/// </summary>
internal sealed class NchanServer : ServerUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("swarms-hub-nchan").FullName;
    private readonly Dictionary<string, NchanPublisher> _rooms = [];
    private ServerProcess? _process;
    private LoadUpstream? _upstream;

    public override string Name => "nginx + nchan";

    public override Dialect Dialect { get; } = new PlainDialect();

    public override IPEndPoint Address { get; } = ServerProcess.FreeAddress();

    public override ProcessFigures Figures => new(() => Children(_process!.Id).Append(_process.Id));

    public override async Task StartAsync(LoadUpstream upstream)
    {
        _upstream = upstream;
        var template = await File.ReadAllTextAsync(Path.Combine(Repository.Peers, "nginx", "nchan.conf"));
        var configuration = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            template.Replace("{folder}", _folder, StringComparison.Ordinal)
                .Replace("{port}", ServerProcess.Port(Address), StringComparison.Ordinal));
        _process = await ServerProcess.StartAsync(Address, "nginx", ["-c", configuration, "-p", _folder]);
    }

    public override Task<IReadOnlyList<Seat>> CreateRoomAsync(int seats)
    {
        var room = string.Create(CultureInfo.InvariantCulture, $"room{_rooms.Count + 1}");
        _rooms[room] = new NchanPublisher(Address, room);
        return Task.FromResult<IReadOnlyList<Seat>>([.. Enumerable.Repeat(new Seat(room), seats)]);
    }

    public override Task StartRunAsync(string room) => _rooms[room].RelayAsync(_upstream!.Address);

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();

        foreach (var room in _rooms.Values)
            room.Dispose();

        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<int> Children(int pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
