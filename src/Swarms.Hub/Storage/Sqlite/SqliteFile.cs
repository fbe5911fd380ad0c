using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Whether the file under the database's name is still the one that was opened: an open connection goes on writing into a file that was
/// moved or deleted, and a new one would open what took its place. Safe from any thread.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int HasMovedControl = 20;
    private const int Ok = 0;

    private readonly string _path;

    // Never reads or writes: it only keeps the file that was opened.
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

    /// <summary>The name is another file's, or nobody's.</summary>
    public bool HasMoved
    {
        get
        {
            var hasMoved = 0;
            return FileControl(_opened.Handle!.DangerousGetHandle(), "main", HasMovedControl, ref hasMoved) == Ok && hasMoved != 0;
        }
    }

    /// <summary>True once after somebody else wrote into the file: the hub does so in <see cref="Fold"/> alone, as its write-ahead log takes the rest.</summary>
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

    /// <summary>The next <see cref="TakeForeignWrite"/> is true.</summary>
    public void ForgetStamp()
    {
        lock (_lock)
            _stamp = default;
    }

    /// <summary>What may fold the write-ahead log into the file: a checkpoint, or closing a connection that may be the last.</summary>
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

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(nint connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string database, int control, ref int value);
}
