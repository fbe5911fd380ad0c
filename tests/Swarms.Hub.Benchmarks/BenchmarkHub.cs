using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Search;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub;

/// <summary>The hub's own log and storage on their own file, as its container composes them. None of their loops runs.</summary>
internal sealed class BenchmarkHub : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("swarms-hub-benchmark").FullName;
    private readonly ServiceProvider _services;

    private static RunIdentity Run { get; } = new("01k2m3n4p5q6r7s8t9v0w1x2y3", DataKey.Create());

    public BenchmarkHub()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Path"] = Path.Combine(_folder, "hub.db") }).Build())
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = _folder })
            .AddSingleton(TimeProvider.System)
            .AddSingleton<HubMetrics>()
            .AddStorage()
            .AddRoomLogs()
            .BuildServiceProvider();
        _services.GetRequiredService<SqliteDatabase>().Claim();
        _services.GetRequiredService<SqliteDatabase>().Open();
    }

    public ILogWriter Writer => _services.GetRequiredService<ILogWriter>();

    public SqliteDatabase Database => _services.GetRequiredService<SqliteDatabase>();

    public ISearchStore Search => _services.GetRequiredService<ISearchStore>();

    public HubMetrics Metrics => _services.GetRequiredService<HubMetrics>();

    public RoomLog CreateRoom()
    {
        var room = new Room { Id = Guid.CreateVersion7().ToString("n"), Name = "Benchmark", CreatedAt = TimeProvider.System.GetUtcNow() };
        var log = _services.GetRequiredService<RoomRegistry>().Create(room).Log;
        Store([new PendingCommit(log, 0, [], [new RoomChange.CreateRoom(room)], Durability.Process)]);
        return log;
    }

    /// <summary>Stores and publishes taken commits, as the writer's loop does.</summary>
    public void Store(List<PendingCommit> commits)
    {
        var stored = Writer.StoreAsync(commits);
        if (!stored.IsCompletedSuccessfully)
            throw new InvalidOperationException("SQLite's answer is there when the call returns.");

        foreach (var room in stored.Result.Rooms)
            room.Publish();
    }

    /// <summary>Checkpoints as the checkpointer does, so that the write-ahead log does not grow with the benchmark.</summary>
    public void Checkpoint()
    {
        var database = _services.GetRequiredService<SqliteDatabase>();
        using SqliteConnection connection = database.CreateConnection();
        database.Fold(connection);
    }

    /// <summary>Makes chunks of a few words. Their run is not in the room's state, which would otherwise grow by their text.</summary>
    public static PendingEvent[] Chunks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => PendingEvent.OfRunJson(
            TimeProvider.System.GetUtcNow(), EventTypes.Chunk, Run, null,
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"content":" a few words {{i:D4}}"}"""))))];

    public void Dispose()
    {
        _services.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
