using Microsoft.Data.Sqlite;
using Swarms.Hub.Storage.Sqlite;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

/// <summary>A hub erases messages and a run; the chain still verifies, and tampering with what is left is found.</summary>
public sealed class LogVerifierErasureTests : IAsyncLifetime
{
    private readonly HubUnderTest _hub = HubUnderTest.Start();
    private long _edited;
    private long _removed;

    public async ValueTask InitializeAsync()
    {
        var host = await _hub.CreateRoomAsync();
        _edited = await SayAsync(host, "hello", null);
        _removed = await SayAsync(host, "goodbye", _edited);
        foreach (var text in (string[])["hello again", "hello at last"])
            Assert.Equal(204, (await host.PatchAsync($"{host.Path}/messages/{_edited}", new { text })).Status);

        Assert.Equal(204, (await host.PatchAsync($"{host.Path}/messages/{_removed}", new { text = "goodbye again" })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{_removed}")).Status);
        var run = await host.FinishRunAsync(new { chunks = 5, chunksPerSecond = 0 });
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run.GetProperty("id").GetString()}")).Status);
        await host.FinishRunAsync(new { chunks = 5, chunksPerSecond = 0 });
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public void Erased_Data_Verify_By_Their_Digests_And_By_What_Erased_Them()
    {
        using var connection = DatabaseFile.Open(_hub.DatabasePath);

        Assert.Empty(LogVerifier.Verify(connection).Misfits);
        Assert.True(DatabaseFile.Scalar<long>(connection, "SELECT count(*) FROM events WHERE Digest IS NOT NULL AND Key IS NULL") > 9);
        Assert.Equal(1, DatabaseFile.Scalar<long>(connection, "SELECT count(*) FROM runs WHERE DataKey IS NULL"));
    }

    [Theory]
    [InlineData("digest", "UPDATE events SET Digest = randomblob(32) WHERE Sequence = $edited")]
    [InlineData("digest to half of it", "UPDATE events SET Digest = substr(Digest, 1, 16) WHERE Sequence = $edited")]
    [InlineData("digest to none", "UPDATE events SET Digest = NULL WHERE Sequence = $edited")]
    [InlineData("type", "UPDATE events SET Type = 'reaction' WHERE Sequence = $removed")]
    [InlineData("data to a text", "UPDATE events SET Data = '{\"text\":\"forged\"}' WHERE Sequence = $removed")]
    [InlineData("data with a text", "UPDATE events SET Data = replace(Data, '}', ',\"text\":\"forged\"}') WHERE Sequence = $removed")]
    [InlineData("data to nothing", "UPDATE events SET Data = '' WHERE Sequence = $removed")]
    [InlineData("data to another form", "UPDATE events SET Data = replace(Data, ':', ': ') WHERE Sequence = $removed")]
    [InlineData("a text and its key", "UPDATE events SET Data = '{\"text\":\"x\"}', Key = randomblob(32) WHERE Sequence = $removed")]
    [InlineData("another event is named", "UPDATE events SET Data = '{\"erased\":9,\"length\":7}' WHERE Sequence = $edited")]
    [InlineData("an event named that there is not", "UPDATE events SET Data = '{\"erased\":999,\"length\":7}' WHERE Sequence = $edited")]
    [InlineData("an event named from before", "UPDATE events SET Data = '{\"erased\":1,\"length\":7}' WHERE Sequence = $edited")]
    [InlineData(
        "a quote of no run of the room",
        "UPDATE events SET Data = replace(Data, '}', "
        + "',\"quote\":{\"run\":\"forged\",\"from\":1,\"fromOffset\":0,\"to\":1,\"toOffset\":1}}') WHERE Sequence = $edited")]
    public void Erased_Event_That_Was_Tampered_With_Is_Named(string what, string sql)
    {
        Execute(sql);

        Names(sql.Contains("$edited", StringComparison.Ordinal) ? _edited : _removed, what);
    }

    [Fact]
    public void Event_That_Nobody_Erased_Is_Named_Though_Its_Digest_Fits()
    {
        using (var connection = Open())
        {
            using var command = new SqliteCommand("SELECT Data, Key FROM events WHERE Sequence = 1", connection);
            using var row = command.ExecuteReader();
            Assert.True(row.Read());
            var key = new RoomLogs.DataKey(row.GetFieldValue<byte[]>(1));
            var digest = Convert.ToHexString(key.Digest(System.Text.Encoding.UTF8.GetBytes(row.GetString(0))).Span);
            row.Close();
            SqliteDatabase.Execute(
                connection,
                $"UPDATE events SET Data = '{{\"erased\":{_edited + 2}}}', Key = NULL, Digest = X'{digest}' WHERE Sequence = 1");
        }

        Names(1, "erased by another program");
    }

    private void Names(long sequence, string what)
    {
        using var connection = DatabaseFile.Open(_hub.DatabasePath);
        var misfit = Assert.Single(LogVerifier.Verify(connection).Misfits);
        Assert.True(misfit.Contains($": event {sequence} ", StringComparison.Ordinal), $"{what}: {misfit}");
        Answer.IsSentence(misfit);
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        SqliteDatabase.Execute(connection, sql
            .Replace("$edited", $"{_edited}", StringComparison.Ordinal).Replace("$removed", $"{_removed}", StringComparison.Ordinal));
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_hub.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static async Task<long> SayAsync(MemberCaller host, string text, long? replyTo) =>
        (await host.PostAsync($"{host.Path}/messages", new { text, replyTo })).Json.GetProperty("sequence").GetInt64();
}
