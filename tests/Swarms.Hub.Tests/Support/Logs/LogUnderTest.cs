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
using Swarms.Hub.Specifications;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Support;

/// <summary>
/// The log's part of the hub on a store under test: rooms, writer, store, pumps. It can be restarted. The store is a SQLite file unless
/// a test gives another.
/// </summary>
internal sealed class LogUnderTest : IAsyncDisposable
{
    /// <summary>The key of every run's data, so that a test need not keep one.</summary>
    public static readonly DataKey RunKey = DataKey.Create();

    private readonly Dictionary<string, string?> _settings;
    private readonly FakeTimeProvider? _time;
    private readonly Func<IRoomStore, IRoomStore>? _wrapStore;
    private IHost _host;
    private GroupCommitWriter _writer;

    private LogUnderTest(
        IStoreFixture fixture, Dictionary<string, string?> settings, FakeTimeProvider? time, Func<IRoomStore, IRoomStore>? wrapStore)
    {
        Fixture = fixture;
        _settings = settings;
        _time = time;
        _wrapStore = wrapStore;
        (_host, _writer) = Build();
    }

    public IStoreFixture Fixture { get; }

    /// <summary>The path of a store that is a SQLite file.</summary>
    public string DatabasePath => ((SqliteStoreFixture)Fixture).DatabasePath;

    public RoomRegistry Rooms => _host.Services.GetRequiredService<RoomRegistry>();

    public CommitQueue Queue => _host.Services.GetRequiredService<CommitQueue>();

    public IRoomStore Store => _host.Services.GetRequiredService<IRoomStore>();

    /// <summary>The writer between the loop and the store.</summary>
    public LosingWriter Writer => _host.Services.GetRequiredService<LosingWriter>();

    public static Task<LogUnderTest> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, null, settings);

    /// <summary>Starts it with a clock that the test moves, or with a wrapped store.</summary>
    public static Task<LogUnderTest> StartAsync(
        FakeTimeProvider? time, Func<IRoomStore, IRoomStore>? wrapStore = null, params (string Name, string Value)[] settings)
    {
        var path = settings.FirstOrDefault(setting => setting.Name == "Storage:Path").Value;
        return StartAsync(SqliteStoreFixture.Open(path), time, wrapStore, settings);
    }

    /// <summary>Starts it on the given store, and disposes both together.</summary>
    public static async Task<LogUnderTest> StartAsync(
        IStoreFixture fixture,
        FakeTimeProvider? time,
        Func<IRoomStore, IRoomStore>? wrapStore,
        params (string Name, string Value)[] settings)
    {
        var byName = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        var log = new LogUnderTest(fixture, byName, time, wrapStore);
        await log._host.StartAsync();
        return log;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        (_host, _writer) = Build();
        await _host.StartAsync();
    }

    /// <summary>Restarts from the store as it is at this moment, as after <c>kill -9</c>. Waiting commits are lost.</summary>
    public async Task CrashAsync()
    {
        await Fixture.CrashAsync();
        await RestartAsync();
    }

    /// <summary>Restarts from an earlier copy, which replaces the store.</summary>
    public async Task RestoreAsync(string copy)
    {
        await StopAsync();
        await Fixture.RestoreAsync(copy);
        (_host, _writer) = Build();
        await _host.StartAsync();
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Returns a hosted service.</summary>
    public T GetHosted<T>() => _host.Services.GetServices<IHostedService>().OfType<T>().Single();

    /// <summary>Moves the test's clock until something has happened.</summary>
    public async Task DriveAsync(Task task)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!task.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            // Nothing is stored without the writer, and its task holds the reason.
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
        var created = Event(EventTypes.RoomCreated, new { name = "Test" });
        await lease.Log.AppendNowAsync([created], CancellationToken.None, new RoomChange.CreateRoom(room));
        return lease;
    }

    /// <summary>Returns the story of a room that was just created.</summary>
    public static RoomStory StoryOf(RoomLog log)
    {
        var story = new RoomStory(new Room { Id = log.Id, Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch });
        story.Begin(Event(EventTypes.RoomCreated, new { name = "Test" }));
        return story;
    }

    public ViewerPump CreateViewer(RoomLog log, string? memberId = null) =>
        new(log, memberId, _host.Services.GetRequiredService<HubMetrics>());

    /// <summary>Locks the database as another process would.</summary>
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
        await Fixture.DisposeAsync();
    }

    private async Task StopAsync()
    {
        await DriveAsync(_host.StopAsync());
        _host.Dispose();
    }

    private (IHost Host, GroupCommitWriter Writer) Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Fixture.Settings);
        builder.Configuration.AddInMemoryCollection(_settings.Where(setting => setting.Key != "Storage:Path"));
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(_time ?? TimeProvider.System);
        builder.Services.AddSingleton<HubMetrics>();
        builder.Services.AddSingleton<IdGenerator>();
        builder.Services.AddHostedService<HubStartup>();
        builder.Services.AddStorage().AddRoomLogs();
        Wrap<ILogWriter, LosingWriter>(builder.Services, writer => new LosingWriter(writer));
        if (_wrapStore is not null)
            Wrap<IRoomStore, IRoomStore>(builder.Services, _wrapStore);

        var host = builder.Build();
        return (host, host.Services.GetServices<IHostedService>().OfType<GroupCommitWriter>().Single());
    }

    // Wraps the port that the store added.
    private static void Wrap<TPort, TWrapped>(IServiceCollection services, Func<TPort, TWrapped> wrap)
        where TPort : class where TWrapped : class, TPort
    {
        var port = services.Last(service => service.ServiceType == typeof(TPort));
        services.AddSingleton(provider => wrap((TPort)(
            port.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, port.ImplementationType!))));
        if (typeof(TPort) != typeof(TWrapped))
            services.AddSingleton<TPort>(provider => provider.GetRequiredService<TWrapped>());
    }
}
