using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Checks that the file under the database's name is still the one that was opened. An open connection would go on writing into a moved
/// or deleted file, and a new connection would open its replacement. Safe from any thread.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int HasMovedControl = 20;
    private const int Ok = 0;

    private readonly string _path;

    // This connection never reads or writes; it only keeps the opened file.
    private readonly SqliteConnection _opened;
    private readonly Lock _lock = new();
    private (long Length, DateTime WrittenAt) _stamp;
    private int _folding;

    public SqliteFile(string path, SqliteConnection opened)
    {
        _path = path;
        _opened = opened;
        _stamp = Look();
    }

    /// <summary>True if the name belongs to another file or to none.</summary>
    public bool HasMoved
    {
        get
        {
            var hasMoved = 0;
            return FileControl(_opened.Handle!.DangerousGetHandle(), "main", HasMovedControl, ref hasMoved) == Ok && hasMoved != 0;
        }
    }

    /// <summary>
    /// Returns true once after another program wrote into the file. The hub itself writes into it only in <see cref="Fold"/>; everything
    /// else goes to the write-ahead log.
    /// </summary>
    public bool TakeForeignWrite()
    {
        lock (_lock)
        {
            if (_folding > 0 || Look() is var stamp && stamp == _stamp)
                return false;

            _stamp = stamp;
            return true;
        }
    }

    /// <summary>Makes the next <see cref="TakeForeignWrite"/> return true.</summary>
    public void ForgetStamp()
    {
        lock (_lock)
            _stamp = default;
    }

    /// <summary>
    /// Runs an action that may copy the write-ahead log into the file: a checkpoint, or closing a connection that may be the last.
    /// </summary>
    public T Fold<T>(Func<T> fold)
    {
        lock (_lock)
            _folding++;

        try
        {
            return fold();
        }
        finally
        {
            lock (_lock)
            {
                _folding--;
                _stamp = Look();
            }
        }
    }

    public void Dispose() => _opened.Dispose();

    private (long Length, DateTime WrittenAt) Look()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(
        nint connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string database, int control, ref int value);
}
