using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Storage.Commands;

/// <summary>
/// The operator's commands on the database. Each returns the lines to print, or throws a <see cref="CommandRefusedException"/> or
/// <see cref="StorageUnusableException"/> if it cannot be done.
/// </summary>
internal sealed partial class StorageCommands(HubDatabase database, IdGenerator ids, TimeProvider time)
{
    // SQLite's result codes.
    private const int ReadOnly = 8;
    private const int Full = 13;
    private const int CannotOpen = 14;

    private static readonly TimeSpan InviteLifetime = TimeSpan.FromDays(7);

    // The suffixes of a database's files.
    private static readonly string[] Parts = ["-wal", "-shm", CodeKeyFile.Suffix, SecretKeyFolder.Suffix, ""];

    // The keys stay for a backup that has none: what it holds was probably made with these.
    private static readonly string[] Keys = [CodeKeyFile.Suffix, SecretKeyFolder.Suffix];

    /// <summary>
    /// Copies the database into a new file, also while a hub runs, and verifies the copy. A copy that does not verify is kept: it is what
    /// the database holds, and better than none.
    /// </summary>
    public (bool IsWhole, string Lines) Backup(string path)
    {
        RefuseServer("copies its own databases, also while a hub runs: pg_dump --format=custom --file=FILE DATABASE");
        path = Path.GetFullPath(path);
        if (Path.Exists(path) || Keys.Any(key => Path.Exists(path + key)))
            throw new CommandRefusedException($"There is something at {path} already. Name a file that is not there.");

        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new CommandRefusedException($"There is no folder {Path.GetDirectoryName(path)}.");

        var verified = CopyVerified(database.KeyPath, path, revoke: false, isMisfitKept: true);
        CopyKeys(database.KeyPath, path);
        var isWhole = verified.Misfits.Count == 0;
        var found = isWhole ? $"{verified}" : $"It does not verify, as the database does not:\n{verified}";
        return (isWhole, $"Backed up to {path}, {new FileInfo(path).Length:N0} bytes. {found}");
    }

    /// <summary>Replaces the database by a copy and keeps the old files beside it. Refused while a hub runs.</summary>
    public string Restore(string path, bool revoke)
    {
        RefuseServer("takes its copies back with its own program, while no hub runs: pg_restore --dbname=DATABASE --clean FILE");
        database.Claim();
        path = Path.GetFullPath(path);
        if (path == database.KeyPath)
            throw new CommandRefusedException($"{path} is the database itself. Name the backup.");

        var restored = database.KeyPath + ".restoring";
        var verified = CopyVerified(path, restored, revoke, isMisfitKept: false);
        var kept = PutInPlace(restored, path);
        return string.Join('\n', [
            $"Restored {database.KeyPath} from {path}. {verified}",
            .. kept is null ? Array.Empty<string>() : [$"What was there before is at {kept}."],
            revoke
                ? "All tokens, invites and browser sessions are revoked, and the agents' secrets are gone: hosts enter them again. "
                    + "Let hosts in with: invite ROOM"
                : "What was taken back after the backup was made is valid again: tokens, invites, agents' secrets, members who were "
                    + "removed. restore --revoke ends them all.",
        ]);
    }

    /// <summary>Recomputes every chain of the database, or of a copy.</summary>
    public (bool IsWhole, string Lines) Verify(string? path, string? cursor)
    {
        RoomCursor? held = null;
        if (cursor is not null)
        {
            held = RoomCursor.TryParse(cursor, out var parsed)
                ? parsed
                : throw new CommandRefusedException($"A cursor looks like 0100…:42, and {cursor} is none.");
        }

        var verified = path is null ? VerifyOwn(held) : VerifyFile(Path.GetFullPath(path), held);
        var lines = verified.ToString();
        if (held is not null)
        {
            lines += verified.RoomOfCursor is { } room
                ? $"\nThe cursor is of this history, in room {room}."
                : "\nThe cursor is of no history in this database.";
        }

        return (verified.Misfits.Count == 0 && (held is null || verified.RoomOfCursor is not null), lines);
    }

    /// <summary>Creates a host invite for a room that nobody can enter any more. Works while a hub runs.</summary>
    public string Invite(string room)
    {
        try
        {
            return CreateInvite(room);
        }
        catch (DbException e)
        {
            throw Refusal(e);
        }
    }

    private VerifiedLog VerifyOwn(RoomCursor? cursor)
    {
        try
        {
            using var connection = OpenOwn();
            return LogVerifier.Verify(connection, cursor);
        }
        catch (DbException e)
        {
            throw Refusal(e);
        }
    }

    private static VerifiedLog VerifyFile(string path, RoomCursor? cursor)
    {
        if (ExportFile.IsExport(path))
            return ExportFile.Open(path).Verify(cursor);

        using var connection = DatabaseFile.Open(path);
        return Verify(path, connection, cursor);
    }

    private static long FindRoom(DbConnection connection, string room) => Find(connection, room)
        ?? throw new CommandRefusedException($"There is no room {room}. The newest rooms: {string.Join(", ", ListRooms(connection))}.");

    private string CreateInvite(string room)
    {
        using var connection = OpenOwn();
        var key = FindRoom(connection, room);
        var (secret, code) = (Secrets.CreateInvite(), Secrets.CreateCode());
        connection.Execute(
            """
            INSERT INTO invites (Id, RoomKey, Role, SecretHash, CodeHash, MaxUses, Uses, ExpiresAt)
            VALUES ($1, $2, $3, $4, $5, 1, 0, $6)
            """,
            ids.Next(), key, MemberRoles.Host, Secrets.Hash(secret), InviteCodes.Hash(CodeKeyFile.ReadOrCreate(database.KeyPath), code),
            (time.GetUtcNow() + InviteLifetime).ToUnixTimeMilliseconds());
        return $"Join room {room} as a host, once and within {InviteLifetime.Days} days: "
            + $"with the code {code}, or at the hub's address with /join#{secret} behind it.";
    }

    // The copy has another name until it is complete, so that nobody takes half of it for a backup.
    private static VerifiedLog CopyVerified(string from, string to, bool revoke, bool isMisfitKept)
    {
        var partial = to + ".partial";
        try
        {
            using (var connection = DatabaseFile.Open(from))
                connection.CopyTo(partial);

            VerifiedLog verified;
            using (var copy = DatabaseFile.Open(partial))
            {
                verified = DatabaseFile.IsOlderThanLinks(copy) ? new VerifiedLog() : Verify(from, copy, null);
                if (verified.Misfits.Count > 0 && !isMisfitKept)
                    throw new CommandRefusedException($"{from} does not verify. {verified.Misfits[0]}");

                if (revoke)
                {
                    SqliteDatabase.Execute(
                        copy,
                        "DELETE FROM tokens; DELETE FROM invites; DELETE FROM return_links; DELETE FROM embeds; "
                        + "DELETE FROM agent_secrets; VACUUM");
                }
            }

            // A killed restore leaves its copy, which is overwritten. A backup has checked that its target is free.
            File.Move(partial, to, overwrite: true);
            return verified;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is not (ReadOnly or Full or CannotOpen))
        {
            throw DatabaseFile.Refusal(from, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            // The source is only read, so it is the copy that cannot be written.
            throw new CommandRefusedException($"{to} cannot be written: check the folder, and the room on its disk.");
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static VerifiedLog Verify(string path, SqliteConnection connection, RoomCursor? cursor)
    {
        try
        {
            return LogVerifier.Verify(connection, cursor);
        }
        catch (SqliteException e)
        {
            throw DatabaseFile.Refusal(path, e);
        }
    }

    // A backup of a version without keys, or one that was copied alone, has none. The next start then makes new ones. Keys are copied after
    // the database, so those of all its secrets are there.
    private static void CopyKeys(string from, string to)
    {
        try
        {
            SecretKeyFolder.Copy(from, to);
            if (!File.Exists(from + CodeKeyFile.Suffix))
                return;

            using var key = OwnerFile.Open(to + CodeKeyFile.Suffix, FileMode.Create);
            key.Write(File.ReadAllBytes(from + CodeKeyFile.Suffix));
            key.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(
                $"{to}{CodeKeyFile.Suffix} or {to}{SecretKeyFolder.Suffix} cannot be written: check the folder, and the room on its disk.");
        }
    }

    private string? PutInPlace(string restored, string from)
    {
        try
        {
            var kept = SetAside(from);
            CopyKeys(from, database.KeyPath);
            File.Move(restored, database.KeyPath);
            return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(
                $"{restored} cannot be put in the place of {database.KeyPath}: check who may write in the folder. "
                + "Nothing of what was there is lost: look beside it.");
        }
    }

    // A write-ahead log moves along, also one without a database: the new database must not find it.
    private string? SetAside(string backup)
    {
        string[] parts =
            [.. Parts.Where(part => Path.Exists(database.KeyPath + part) && (!Keys.Contains(part) || Path.Exists(backup + part)))];
        var name = $"{database.KeyPath}.replaced-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var kept = name;
        for (var i = 2; parts.Any(part => Path.Exists(kept + part)); i++)
            kept = $"{name}-{i}";

        foreach (var part in parts)
            Move(database.KeyPath + part, kept + part);

        return parts.Length == 0 ? null : kept;
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else
            File.Move(from, to);
    }

    private static long? Find(DbConnection connection, string room) => connection.Query(
        "SELECT Key FROM rooms WHERE Id = $1 AND DeletedAt IS NULL AND LaneRoomKey IS NULL", row => row.GetInt64(0), room) is [var key]
        ? key
        : null;

    private static List<string> ListRooms(DbConnection connection) => connection.Query(
        "SELECT Id, Name FROM rooms WHERE DeletedAt IS NULL AND LaneRoomKey IS NULL ORDER BY Key DESC LIMIT 20",
        row => $"{row.GetString(0)} ({row.GetString(1)})");
}
