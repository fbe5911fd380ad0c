using Swarms.Hub.Access;
using Swarms.Hub.Attendance;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Operations;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Runs;
using Swarms.Hub.Search;
using Swarms.Hub.Settings;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Storage;

internal static class StorageServiceCollectionExtensions
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSettings<StorageOptions>("Storage").PostConfigure<IHostEnvironment>(StoragePath.Resolve);
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<SearchFiller>();
        services.AddSingleton<SearchThread>();
        services.AddSingleton<ISearchStore, SqliteSearchStore>();
        services.AddSingleton<SearchedRuns>();
        services.AddSingleton<ILogWriter, SqliteLogWriter>();
        services.AddSingleton<CommitQueue>();
        services.AddSingleton<ICommitQueue>(provider => provider.GetRequiredService<CommitQueue>());
        services.AddSingleton<IRoomStore, SqliteRoomStore>();
        services.AddSingleton<IAccessStore, SqliteAccessStore>();
        services.AddSingleton<IAgentStore, SqliteAgentStore>();
        services.AddSingleton(provider => SecretKeyFolder.Open(provider.GetRequiredService<SqliteDatabase>().Path));
        services.AddSingleton<IAttendanceStore, SqliteAttendanceStore>();
        services.AddSingleton<ISpendingStore, SqliteSpendingStore>();
        services.AddSingleton<IGroupStore, SqliteGroupStore>();
        services.AddSingleton<IHubStore, SqliteHubStore>();
        services.AddSingleton<IReadiness, StorageReadiness>();
        services.AddSingleton<IGauges, StorageGauges>();
        // Hosted services start in this order and stop in the reverse, so the writer outlives everything that appends.
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<DatabaseStartup>());
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStartup>());
        services.AddHostedService<GroupCommitWriter>();
        services.AddHostedService<WalCheckpointer>();
        services.AddSingleton<DiskFloor>();
        services.AddHostedService(provider => provider.GetRequiredService<DiskFloor>());
        services.AddHostedService<RoomRetention>();
        return services;
    }
}
