using System.Data.Common;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Commands;

internal sealed partial class StorageCommands
{
    /// <summary>Writes a room's whole log into a new file and verifies it, also while a hub runs.</summary>
    public (bool IsWhole, string Lines) Export(string room, string path)
    {
        path = Path.GetFullPath(path);
        if (Path.Exists(path))
            throw new CommandRefusedException($"There is something at {path} already. Name a file that is not there.");

        try
        {
            WriteExport(room, path);
            var verified = ExportFile.Open(path).Verify(null);
            return (verified.Misfits.Count == 0, $"Exported room {room} to {path}, {new FileInfo(path).Length:N0} bytes. {verified}");
        }
        catch (DbException e)
        {
            throw Refusal(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"{path} cannot be written: check the folder, and the room on its disk.");
        }
    }

    /// <summary>Takes an export into the database of a stopped hub, as an archived room that nobody can enter.</summary>
    public string Import(string path)
    {
        database.Claim();
        path = Path.GetFullPath(path);
        var export = ExportFile.Open(path);
        var verified = export.Verify(null);
        if (verified.Misfits.Count > 0)
            throw new CommandRefusedException($"{path} does not verify, so nothing was imported. {verified.Misfits[0]}");

        try
        {
            using var connection = OpenOwn();
            using var context = CreateContext(connection);
            var name = new RoomImport(connection, context, export, time.GetUtcNow()).Run();
            return $"Imported room {export.Header.RoomId} ({name}), archived. {verified}\n"
                + $"Its links prove that it is whole, and not where it comes from. Nobody can enter it. Let a host in with: "
                + $"invite {export.Header.RoomId}";
        }
        catch (DbException e)
        {
            throw Refusal(e);
        }
    }

    // The file has another name until it is complete, so that nobody takes half of it for an export.
    private void WriteExport(string room, string path)
    {
        using var connection = OpenOwn();
        using var snapshot = LogVerifier.BeginSnapshot(connection);
        var key = FindRoom(connection, room);
        if (DatabaseFile.IsOlderThanLinks(connection) || LogVerifier.FindBounds(connection, key) is not var (origin, head))
        {
            throw new CommandRefusedException(
                "The database is of a version without links: a hub that is started on it once brings it up to date.");
        }

        var partial = path + ".partial";
        try
        {
            File.Delete(partial);
            using (var file = OwnerFile.Open(partial, FileMode.Create))
            {
                using var buffered = new BufferedStream(file, 1 << 16);
                ExportFile.Write(connection, key, new ExportHeader(room, origin, head), buffered);
                buffered.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
