namespace Swarms.Hub.Support;

/// <summary>The PostgreSQL server of one test class, started for its first test.</summary>
public sealed class OwnPostgreSql : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlServer>> _server = new(PostgreSqlServer.StartNewAsync);
    private int _databases;

    public Task<PostgreSqlServer> ServerAsync() => _server.Value;

    /// <summary>Returns the name of a database that there is not yet.</summary>
    public string NextName() => $"hub_{++_databases}";

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _server.Value).DisposeAsync();
    }
}
