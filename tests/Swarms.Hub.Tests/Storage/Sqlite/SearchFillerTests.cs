using Microsoft.Data.Sqlite;
using Swarms.Hub.Search;
using Swarms.Hub.Specifications;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>The index follows the log slice by slice, also after a crash, a migration, other rules and damage.</summary>
public sealed class SearchFillerTests : IAsyncLifetime
{
    private readonly SqliteStoreFixture _fixture = SqliteStoreFixture.Open();
    private StoreUnderTest _store = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await StoreUnderTest.OpenAsync(_fixture);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Crash_Between_A_Commit_And_Its_Slice_Loses_Nothing_Of_The_Index()
    {
        var room = await _store.CreateRoomAsync();
        await FillAsync();
        await _store.StoreAsync(room.Queue("run", "Paint an owl"), room.End("run", "an owl", "Paint an owl"));
        Assert.True(_store.Writer.IsSearchBehind);

        await _store.CrashAsync();

        Assert.Equal(0, Count("search_pieces WHERE Item = 'run'"));
        Assert.Equal(["run"], await FindAsync(room, "owl"));
        await FillAsync();
        Assert.Equal(3, Count("search_pieces WHERE Item = 'run'"));
        Assert.Equal(["run"], await FindAsync(room, "owl"));
    }

    [Fact]
    public async Task Long_Text_Takes_Many_Slices_And_A_Crash_Between_Them_Changes_Nothing()
    {
        var room = await _store.CreateRoomAsync();
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"word{i} "));
        await _store.StoreAsync(room.Queue("run"), room.End("run", text));
        await _store.Writer.FillSearchAsync();
        var first = Count("search_pieces");
        Assert.InRange(first, 1, 8);

        await _store.CrashAsync();
        await _store.Writer.FillSearchAsync();
        Assert.InRange(Count("search_pieces"), first + 1, first + 8);
        var slices = await FillAsync();

        Assert.True(slices > 20, $"{slices} slices");
        foreach (var word in (string[])["word0 ", "word9999 ", "word10000", "word19999"])
            Assert.Equal(["run"], await FindAsync(room, word));

        Assert.Equal(0, Count("(SELECT Id FROM search_pieces GROUP BY Field, Start HAVING count(*) > 1)"));
        Assert.Equal(text.Length, Count("search_pieces WHERE Field = 'text'", "max(Start + Length)"));
    }

    [Theory]
    [InlineData("UPDATE settings SET Value = '0' WHERE Name = 'search-text'")]
    [InlineData(
        "DROP TABLE search_index; DROP TABLE search_pieces; DROP TABLE search_progress; DELETE FROM settings WHERE Name = 'search-text'; "
        + "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_Search'")]
    public async Task File_Of_Other_Rules_Or_Of_An_Earlier_Version_Gets_Its_Index_After_The_Start(string before)
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Queue("run", "Paint an owl"), room.End("run", "an owl", "Paint an owl"));
        await FillAsync();
        Execute(before);

        await _store.RestartAsync();

        Assert.Equal(0, Count("search_pieces"));
        Assert.Equal(["run"], await FindAsync(room, "owl"));
        await FillAsync();
        Assert.Equal(3, Count("search_pieces WHERE Item = 'run'"));
        Assert.Equal(["run"], await FindAsync(room, "owl"));
    }

    [Fact]
    public async Task Damaged_Index_Is_Made_Anew_And_Stops_No_Commit()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Queue("run", "Paint an owl"), room.End("run", "an owl", "Paint an owl"));
        await FillAsync();
        Execute("DELETE FROM search_index_data");
        await _store.StoreAsync(room.Queue("other", "Paint two owls"));

        await FillAsync();

        Assert.Equal(["run", "other"], (await FindAsync(room, "owl")).Order(StringComparer.Ordinal).Reverse());
        Assert.NotEqual(0, Count("search_index WHERE search_index MATCH '\"owl\"'"));
    }

    [Fact]
    public async Task Damage_That_A_New_Index_Does_Not_Mend_Ends_The_Filling_And_Stops_No_Commit()
    {
        var room = await _store.CreateRoomAsync();
        await FillAsync();
        await _store.StoreAsync(room.Queue("run", "Paint an owl"), room.End("run", "an owl", "Paint an owl"));
        Execute("ALTER TABLE runs RENAME TO lost_runs");

        await FillAsync();

        Assert.False(_store.Writer.IsSearchBehind);
        await _store.StoreAsync(room.Say("more"), room.Join("late"));
        Assert.False(_store.Writer.IsSearchBehind);

        Execute("ALTER TABLE lost_runs RENAME TO runs");
        Assert.Equal(0, Count("search_pieces WHERE Item = 'run'"));
        Assert.Equal(["run"], await FindAsync(room, "owl"));
        await _store.RestartAsync();
        await FillAsync();
        Assert.Equal(3, Count("search_pieces WHERE Item = 'run'"));
    }

    private async Task<int> FillAsync()
    {
        var slices = 0;
        for (; _store.Writer.IsSearchBehind; slices++)
            await _store.Writer.FillSearchAsync();

        return slices;
    }

    private async Task<IEnumerable<string>> FindAsync(RoomUnderTest room, string q)
    {
        var page = await _store.Search.SearchAsync(
            room.Id, new SearchRequest(SearchTerms.Read(q)) { Limit = 10 }, CancellationToken);
        Assert.True(page.IsComplete);
        return page.Results.Select(result => result.Id);
    }

    private long Count(string from, string what = "count(*)")
    {
        using var connection = new SqliteConnection($"Data Source={_fixture.DatabasePath};Pooling=False");
        connection.Open();
        return connection.Query($"SELECT {what} FROM {from}", row => row.GetInt64(0))[0];
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_fixture.DatabasePath};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
