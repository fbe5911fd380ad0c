namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Measures the database's file with its write-ahead log.</summary>
internal sealed class SqliteFileSize(SqliteDatabase database) : IStoreSize
{
    public StoreSize Measure() => new(Length(database.Path) + Length(database.Path + "-wal"), DiskFloor.FindFree(database.Path));

    private static long Length(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
