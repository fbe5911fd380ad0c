using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <content>Claims and opens the database, and refuses what it cannot work on.</content>
internal sealed partial class PostgreSqlDatabase
{
    private const int OldestVersion = 13;

    public override void Claim()
    {
        try
        {
            // The keys lie beside this path.
            Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
            Owner.Open();
        }
        catch (DatabaseLostException e)
        {
            throw new StorageUnusableException(
                $"{e.Message.TrimEnd('.').Replace("Another", "another", StringComparison.Ordinal)}; stop that one, "
                + "or name another database in Storage:ConnectionString");
        }
        catch (Exception e) when (IsReadFailure(e) || e is UnauthorizedAccessException)
        {
            throw new StorageUnusableException(Explain(e), e);
        }
    }

    public override void Open()
    {
        try
        {
            var connection = Owner.Open();
            RefuseServer(connection);
            MigrateSchema(connection);
            RekeyNames(connection, () => CreateContext(connection));
            PostgreSqlSearchSchema.Ensure(connection);
            EndAttendance(connection);
            Owner.BeginLife(connection);
            MarkOpened();
        }
        catch (Exception e) when (PostgreSqlFailures.Find(e) is not null)
        {
            throw new StorageUnusableException(Explain(e), e);
        }
    }

    private void RefuseServer(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new StorageUnusableException(
                $"{_place} is PostgreSQL {connection.PostgreSqlVersion}; the hub needs {OldestVersion} or later");
        }

        if (connection.Query("SHOW server_encoding", row => row.GetString(0))[0] is not "UTF8" and var encoding)
        {
            throw new StorageUnusableException(
                $"{_place} has the encoding {encoding}. Make the database anew with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
        }

        if (connection.Query("SELECT pg_is_in_recovery()", row => row.GetBoolean(0))[0])
        {
            throw new StorageUnusableException(
                $"{_place} is a standby, which takes no writes. Add Target Session Attributes=primary to Storage:ConnectionString");
        }
    }

    private static void MigrateSchema(NpgsqlConnection connection)
    {
        if (SchemaVersions.FindUnknown<PostgreSqlDbContext>(connection) is { } unknown)
        {
            throw new StorageUnusableException(
                $"it was written by a newer version of the hub (it knows {unknown}). Run that version, "
                + "or name another database in Storage:ConnectionString");
        }

        if (!SchemaVersions.IsBehind<PostgreSqlDbContext>(connection))
            return;

        using var context = CreateContext(connection);
        context.Database.Migrate();
    }

    /// <summary>Says in one sentence what is wrong, without anything secret.</summary>
    public string Explain(Exception exception) => PostgreSqlFailures.Find(exception) switch
    {
        PostgresException { SqlState: "28P01" or "28000" } =>
            $"{_place} does not let this user in: check Username and Password in Storage:ConnectionString, and the server's pg_hba.conf",
        PostgresException { SqlState: "3D000" } => $"there is no database {_place}. Make it with: createdb --encoding=UTF8 NAME",
        PostgresException { SqlState: "42501" } =>
            $"this user may not make tables in {_place}. Let it own the database or its schema",
        PostgresException { SqlState: "53300" } => $"{_place} takes no more connections",
        PostgresException { SqlState: "57P03" } => $"{_place} is starting or stopping. Try again in a moment",
        PostgresException e => $"{_place} refused it with PostgreSQL's code {e.SqlState}",
        _ when IsUnreachable(exception) =>
            $"{_place} cannot be reached: check that the server runs, and Host and Port in Storage:ConnectionString",
        _ => $"{_place} cannot be opened: check Storage:ConnectionString, and that this user may write beside Storage:Path",
    };

    private static bool IsUnreachable(Exception exception) =>
        exception is SocketException or TimeoutException || (exception.InnerException is { } inner && IsUnreachable(inner));
}
