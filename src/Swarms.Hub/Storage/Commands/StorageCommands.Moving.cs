using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.PostgreSql;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Storage.Commands;

/// <content>Moves a stopped hub's database between SQLite and PostgreSQL.</content>
internal sealed partial class StorageCommands
{
    /// <summary>
    /// Copies the hub's database into another that is empty, and verifies every chain before and after. The first one stays as it is.
    /// </summary>
    /// <param name="from">A file or a connection string; null for the database of the settings.</param>
    /// <param name="to">A file or a connection string.</param>
    public (bool IsWhole, string Lines) MoveDatabase(string? from, string to)
    {
        var source = from is null ? database : Choose(from);
        var target = Choose(to);
        try
        {
            // Nobody writes meanwhile, and nobody takes an older schema for the other database's.
            Open(source, isSource: true);
            Open(target, isSource: false);
            return MoveRows(source, target);
        }
        catch (DbException e)
        {
            throw new CommandRefusedException(
                $"The databases could not be read or written ({e.SqlState ?? $"{e.ErrorCode}"}). The first is unchanged; "
                + "make the second anew, and try again.");
        }
        finally
        {
            target.Dispose();
            if (from is not null)
                source.Dispose();
        }
    }

    private static (bool IsWhole, string Lines) MoveRows(HubDatabase source, HubDatabase target)
    {
        var before = Verify(source);
        if (before.Misfits.Count > 0)
            throw new CommandRefusedException($"The database does not verify, so nothing was moved. {before.Misfits[0]}");

        long rows;
        using (var from = source.CreateContext())
        using (var to = target.CreateContext())
        {
            if (to.Rooms.Any() || to.Members.Any())
                throw new CommandRefusedException("The second database has rooms already. Name one that is empty.");

            rows = new DatabaseMove(from, to).Run();
        }

        if (target.KeyPath != source.KeyPath)
            CopyKeys(source.KeyPath, target.KeyPath);

        var after = Verify(target);
        var isWhole = after.Misfits.Count == 0 && (after.Rooms, after.Events) == (before.Rooms, before.Events);
        return (isWhole, isWhole
            ? $"Moved {rows:N0} rows. {after} The first database is as it was. "
                + $"The keys are at {target.KeyPath}{CodeKeyFile.Suffix} and {target.KeyPath}{SecretKeyFolder.Suffix}. "
                + "Set Storage:Provider and its database before the hub starts."
            : $"The copy is not what was there: do not use it.\n{after}");
    }

    private static VerifiedLog Verify(HubDatabase one)
    {
        using var connection = one.OpenPooled();
        return LogVerifier.Verify(connection);
    }

    private static void Open(HubDatabase one, bool isSource)
    {
        if (isSource && one is SqliteDatabase && !File.Exists(one.KeyPath))
            throw new CommandRefusedException($"There is no database at {one.KeyPath}.");

        one.Claim();
        one.Open();
    }

    // A file name has no equals sign in it that stands for a setting.
    private HubDatabase Choose(string name)
    {
        var isServer = name.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        var options = Options.Create(new StorageOptions
        {
            Provider = isServer ? StorageProvider.PostgreSql : StorageProvider.Sqlite,
            ConnectionString = isServer ? name : "",
            // The keys of a server's database stay where those of the hub are.
            Path = isServer ? database.KeyPath : Path.GetFullPath(name),
        });
        return isServer
            ? new PostgreSqlDatabase(options, NullLogger<PostgreSqlDatabase>.Instance)
            : new SqliteDatabase(options, NullLogger<SqliteDatabase>.Instance);
    }
}
