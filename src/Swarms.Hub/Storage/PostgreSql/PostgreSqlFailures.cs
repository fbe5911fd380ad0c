using System.Net.Sockets;
using Npgsql;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>Tells whose fault an error is, by the first two letters of PostgreSQL's codes. Safe from any thread.</summary>
internal static class PostgreSqlFailures
{
    // The statement's values, a broken rule of the schema, and a row that is too large.
    private static readonly string[] OfTheCommit = ["22", "23", "54"];

    // The connection, the operator who stops the server, and the server's own trouble: the answer may be lost on the way.
    private static readonly string[] OfTheServer = ["08", "57", "58", "XX"];

    /// <summary>True unless the commit is at fault: another try may succeed.</summary>
    public static bool IsStorageFailure(Exception exception) => Find(exception) switch
    {
        null => false,
        PostgresException e => !OfTheCommit.Contains(e.SqlState[..2]),
        _ => true,
    };

    /// <summary>True if the database cannot be read now; false of the hub's own mistake.</summary>
    public static bool IsReadFailure(Exception exception) => Find(exception) switch
    {
        null => false,
        PostgresException e => e.SqlState[..2] is not ("22" or "42"),
        _ => true,
    };

    /// <summary>True if a commit that failed so may be stored all the same.</summary>
    public static bool IsInDoubt(Exception exception) =>
        Find(exception) is not PostgresException e || OfTheServer.Contains(e.SqlState[..2]);

    /// <summary>Returns the driver's own exception; null if it is none. EF Core wraps those that a retry may mend.</summary>
    public static Exception? Find(Exception exception) => exception switch
    {
        NpgsqlException { InnerException: PostgresException inner } => inner,
        NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException => exception,
        InvalidOperationException { InnerException: { } inner } => Find(inner),
        _ => null,
    };
}
