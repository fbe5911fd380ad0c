using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Support;

/// <summary>The log path alone, as the hub composes it, on a real SQLite file: rooms, writer, store, pumps. It can be restarted.</summary>
internal sealed class LogUnderTest : IAsyncDisposable
{
    /// <summary>The key of every run's data, so that a test need not keep one.</summary>
    public static readonly DataKey RunKey = DataKey.Create();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-log-");
    private readonly Dictionary<string, string?> _settings;
    private readonly FakeTimeProvider? _time;
    private readonly Func<IRoomStore, IRoomStore>? _wrapStore;
    private IHost _host;
    private GroupCommitWriter _writer;
    private int _crashes;

    private LogUnderTest(Dictionary<string, string?> settings, FakeTimeProvider? time, Func<IRoomStore, IRoomStore>? wrapStore)
    {
        _settings = settings;
        _time = time;
        _wrapStore = wrapStore;
        DatabasePath = settings.GetValueOrDefault("Storage:Path") ?? Path.Combine(_folder.FullName, "hub.db");
        (_host, _writer) = Build();
    }

    public string DatabasePath { get; private set; }

    public RoomRegistry Rooms => _host.Services.GetRequiredService<RoomRegistry>();

    public CommitQueue Queue => _host.Services.GetRequiredService<CommitQueue>();

    public IRoomStore Store => _host.Services.GetRequiredService<IRoomStore>();

    /// <summary>Between the loop and the store.</summary>
    public LosingWriter Writer => _host.Services.GetRequiredService<LosingWriter>();

    public static Task<LogUnderTest> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, null, settings);

    /// <summary>With a clock that the test moves, or a store that it stands before.</summary>
    public static async Task<LogUnderTest> StartAsync(
        FakeTimeProvider? time, Func<IRoomStore, IRoomStore>? wrapStore = null, params (string Name, string Value)[] settings)
    {
        var log = new LogUnderTest(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value), time, wrapStore);
        await log._host.StartAsync();
        return log;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        (_host, _writer) = Build();
        await _host.StartAsync();
    }

    /// <summary>Goes on from the files as they are at this moment, as after <c>kill -9</c>. What was not committed is lost.</summary>
    public async Task CrashAsync()
    {
        var image = Path.Combine(_folder.FullName, $"crash-{++_crashes}.db");
        File.Copy(DatabasePath, image);
        File.Copy(DatabasePath + "-wal", image + "-wal");
        await StopAsync();
        DatabasePath = image;
        (_host, _writer) = Build();
        await _host.StartAsync();
    }

    /// <summary>A plain copy of the one file, which is all that an operator takes with him.</summary>
    public string Copy()
    {
        GetHosted<WalCheckpointer>().Checkpoint();
        var copy = Path.Combine(_folder.FullName, $"copy-{++_crashes}.db");
        File.Copy(DatabasePath, copy);
        return copy;
    }

    /// <summary>Goes on from a copy that was taken earlier, put back in the database's place.</summary>
    public async Task RestoreAsync(string copy)
    {
        await StopAsync();
        SqliteConnection.ClearAllPools();
        File.Copy(copy, DatabasePath, overwrite: true);
        (_host, _writer) = Build();
        await _host.StartAsync();
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>One of the services that run by themselves.</summary>
    public T GetHosted<T>() => _host.Services.GetServices<IHostedService>().OfType<T>().Single();

    /// <summary>Moves the test's clock until something has happened.</summary>
    public async Task DriveAsync(Task task)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!task.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            // Without it nothing is stored any more, and the reason is in its task.
            if (_writer.ExecuteTask is { IsFaulted: true } failed)
                await failed;

            _time?.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await task;
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

    /// <summary>The story of a room that was just created.</summary>
    public static RoomStory StoryOf(RoomLog log)
    {
        var story = new RoomStory(new Room { Id = log.Id, Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch });
        story.Begin(Event(EventTypes.RoomCreated, new { name = "Test" }));
        return story;
    }

    public ViewerPump CreateViewer(RoomLog log) =>
        new(log, _host.Services.GetRequiredService<HubMetrics>());

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

    public static PendingEvent Event<T>(string type, T data, string? run = null, string? by = null) => run is null
        ? PendingEvent.Create(DateTimeOffset.UnixEpoch, type, by, data)
        : PendingEvent.OfRun(DateTimeOffset.UnixEpoch, type, new RunIdentity(run, RunKey), by, data);

    public static PendingEvent Chunk(string content, string? run = "run") => Event(EventTypes.Chunk, new { content }, run);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task StopAsync()
    {
        await DriveAsync(_host.StopAsync());
        _host.Dispose();
    }

    private (IHost Host, GroupCommitWriter Writer) Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Configuration.AddInMemoryCollection([new("Storage:Path", DatabasePath)]);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(_time ?? TimeProvider.System);
        builder.Services.AddSingleton<HubMetrics>();
        builder.Services.AddSingleton<IdGenerator>();
        builder.Services.AddHostedService<HubStartup>();
        builder.Services.AddStorage().AddRoomLogs();
        builder.Services.AddSingleton(provider => new LosingWriter(ActivatorUtilities.CreateInstance<SqliteLogWriter>(provider)));
        builder.Services.AddSingleton<ILogWriter>(provider => provider.GetRequiredService<LosingWriter>());
        if (_wrapStore is not null)
            builder.Services.AddSingleton(provider => _wrapStore(ActivatorUtilities.CreateInstance<SqliteRoomStore>(provider)));

        var host = builder.Build();
        return (host, host.Services.GetServices<IHostedService>().OfType<GroupCommitWriter>().Single());
    }
}
