using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Attendance;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Operations;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Runs;
using Swarms.Hub.Search;
using Swarms.Hub.Settings;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.PostgreSql;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Storage;

internal static class StorageServiceCollectionExtensions
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSettings<StorageOptions>("Storage").PostConfigure<IHostEnvironment>(StoragePath.Resolve);
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<PostgreSqlDatabase>();
        services.AddChosen<HubDatabase, SqliteDatabase, PostgreSqlDatabase>();
        services.AddSingleton<SearchFiller>();
        services.AddSingleton<SearchThread>();
        services.AddSingleton<ISearchStore, SearchStore>();
        services.AddSingleton<SearchedRuns>();
        services.AddSingleton<SqliteLogWriter>();
        services.AddSingleton<PostgreSqlLogWriter>();
        services.AddChosen<ILogWriter, SqliteLogWriter, PostgreSqlLogWriter>();
        services.AddSingleton<CommitQueue>();
        services.AddSingleton<ICommitQueue>(provider => provider.GetRequiredService<CommitQueue>());
        services.AddSingleton<IRoomStore, RoomStore>();
        services.AddSingleton<IAccessStore, AccessStore>();
        services.AddSingleton<IAgentStore, AgentStore>();
        services.AddSingleton(provider => SecretKeyFolder.Open(provider.GetRequiredService<HubDatabase>().KeyPath));
        services.AddSingleton<IAttendanceStore, AttendanceStore>();
        services.AddSingleton<ISpendingStore, SpendingStore>();
        services.AddSingleton<IGroupStore, GroupStore>();
        services.AddSingleton<IHubStore, HubStore>();
        services.AddSingleton<IReadiness, StorageReadiness>();
        services.AddSingleton<IGauges, StorageGauges>();
        // Hosted services start in this order and stop in the reverse, so the writer outlives everything that appends.
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<IStartStep>(provider => provider.GetRequiredService<DatabaseStartup>());
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStartup>());
        services.AddHostedService<GroupCommitWriter>();
        services.AddSingleton<WalCheckpointer>();
        services.AddSingleton<PostgreSqlWatch>();
        services.AddChosen<IHostedService, WalCheckpointer, PostgreSqlWatch>();
        services.AddSingleton<DiskFloor>();
        services.AddHostedService(provider => provider.GetRequiredService<DiskFloor>());
        services.AddHostedService<RoomRetention>();
        return services;
    }

    // Configuration is read when the service is first needed.
    private static void AddChosen<TService, TSqlite, TPostgreSql>(this IServiceCollection services)
        where TService : class
        where TSqlite : TService
        where TPostgreSql : TService => services.AddSingleton<TService>(provider =>
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider == StorageProvider.PostgreSql
                ? provider.GetRequiredService<TPostgreSql>()
                : provider.GetRequiredService<TSqlite>());
}
