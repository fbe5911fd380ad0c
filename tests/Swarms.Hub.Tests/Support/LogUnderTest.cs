using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Storage;

namespace Swarms.Hub.Support;

/// <summary>The log path alone, as the hub composes it, on a real SQLite file: rooms, writer, store, pumps. It can be restarted.</summary>
internal sealed class LogUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-log-");
    private readonly Dictionary<string, string?> _settings;
    private IHost _host;

    private LogUnderTest(Dictionary<string, string?> settings)
    {
        _settings = settings;
        _host = Build();
    }

    public string DatabasePath => Path.Combine(_folder.FullName, "hub.db");

    public RoomRegistry Rooms => _host.Services.GetRequiredService<RoomRegistry>();

    public CommitQueue Queue => _host.Services.GetRequiredService<CommitQueue>();

    public IRoomStore Store => _host.Services.GetRequiredService<IRoomStore>();

    public static async Task<LogUnderTest> StartAsync(params (string Name, string Value)[] settings)
    {
        var log = new LogUnderTest(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        await log._host.StartAsync();
        return log;
    }

    public async Task RestartAsync(bool isClean = true)
    {
        await _host.StopAsync();
        _host.Dispose();
        if (!isClean)
            Execute("UPDATE settings SET Value = '0' WHERE Name = 'closed-cleanly'");

        _host = Build();
        await _host.StartAsync();
    }

    public async Task<RoomLease> CreateRoomAsync()
    {
        var ids = _host.Services.GetRequiredService<IdGenerator>();
        var now = DateTimeOffset.UnixEpoch;
        var room = new Room { Id = ids.Next(), Name = "Test", CreatedAt = now };
        var lease = Rooms.Create(room);
        await lease.Log.AppendNowAsync([Event(EventTypes.RoomCreated, new { name = "Test" })], CancellationToken.None, new RoomChange.CreateRoom(room));
        return lease;
    }

    public ViewerPump CreateViewer(RoomLog log) =>
        new(log, _host.Services.GetRequiredService<CommitTick>(), _host.Services.GetRequiredService<HubMetrics>());

    /// <summary>Holds the database as another process would.</summary>
    public SqliteConnection LockDatabase()
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        SqliteDatabase.Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        SqliteDatabase.Execute(connection, sql);
    }

    public static PendingEvent Event<T>(string type, T data, string? run = null, string? by = null) =>
        PendingEvent.Create(DateTimeOffset.UnixEpoch, type, run, by, data);

    public static PendingEvent Chunk(string content, string? run = "run") => Event(EventTypes.Chunk, new { content }, run);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Configuration.AddInMemoryCollection([new("Storage:Path", DatabasePath)]);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<HubMetrics>();
        builder.Services.AddSingleton<IdGenerator>();
        builder.Services.AddStorage().AddRooms();
        return builder.Build();
    }
}
