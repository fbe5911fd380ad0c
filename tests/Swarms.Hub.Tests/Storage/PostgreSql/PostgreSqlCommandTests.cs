using Swarms.Hub.Hosting;
using Swarms.Hub.Search;
using Swarms.Hub.Specifications;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>The operator's commands on a PostgreSQL database, and the way from SQLite and back.</summary>
public sealed class PostgreSqlCommandTests(OwnPostgreSql own) : IClassFixture<OwnPostgreSql>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-move-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Database_Moves_To_PostgreSql_And_Back_With_Its_Members_And_Keys()
    {
        await using var store = await NewAsync();
        var path = Path.Combine(_folder.FullName, "hub.db");
        MemberCaller host;
        string invite;
        await using (var hub = HubUnderTest.Start(("Storage:Path", path)))
        {
            host = await hub.CreateRoomAsync("Grüße 🦊");
            Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = "привет\0" })).Status);
            await host.FinishRunAsync(new { text = "the answer", chunksPerSecond = 0 });
            invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        }

        var connection = store.Settings["Storage:ConnectionString"]!;
        (await RunAsync("move-database", "--to", connection, "--Storage:Path", path))
            .Printed("Moved \\d+ rows. Every link fits; rooms: 1, events: \\d+. .+");

        await using (var hub = Start(connection, path))
        {
            host = host.At(hub.Address);
            Assert.Equal(["message text"], await host.FindAsync("привет"));
            Assert.Equal(200, (await new Caller(hub.Address).PostAsync("/api/join", new { invite, name = "Bob" })).Status);
            await hub.CreateRoomAsync("Another");
        }

        var back = Path.Combine(_folder.FullName, "back.db");
        (await RunAsync(["move-database", "--to", back, .. Settings(connection, path)]))
            .Printed("Moved \\d+ rows. Every link fits; rooms: 2, events: \\d+. .+");
        Assert.Equal(await File.ReadAllTextAsync(path + ".key", Cancel), await File.ReadAllTextAsync(back + ".key", Cancel));
        await using (var hub = HubUnderTest.Start(("Storage:Path", back)))
        {
            host = host.At(hub.Address);
            Assert.Equal(["message text"], await host.FindAsync("привет"));
            Assert.Equal("Grüße 🦊", (await host.GetAsync(host.Path)).Json.GetProperty("room").GetProperty("name").GetString());
            await hub.CreateRoomAsync("A third");
        }
    }

    [Fact]
    public async Task Database_That_Has_Rooms_Is_Not_Moved_Into_And_One_That_A_Hub_Uses_Is_Not_Moved()
    {
        await using var store = await NewAsync();
        var path = Path.Combine(_folder.FullName, "hub.db");
        await using (var hub = HubUnderTest.Start(("Storage:Path", path)))
            await hub.CreateRoomAsync();

        var connection = store.Settings["Storage:ConnectionString"]!;
        (await RunAsync("move-database", "--to", connection, "--Storage:Path", path)).Ended(0);
        (await RunAsync("move-database", "--to", connection, "--Storage:Path", path))
            .IsRefusedWith("The second database has rooms already.");
        await using (HubUnderTest.Start(("Storage:Path", path)))
        {
            (await RunAsync("move-database", "--to", connection, "--Storage:Path", path))
                .IsRefusedWith("another hub is running on", path);
        }
    }

    [Fact]
    public async Task Room_Is_Exported_And_Imported_And_Copies_Are_Left_To_PostgreSql()
    {
        await using var store = await NewAsync();
        var path = Path.Combine(_folder.FullName, "hub.db");
        var settings = Settings(store.Settings["Storage:ConnectionString"]!, path);
        string room;
        await using (var hub = Start(store.Settings["Storage:ConnectionString"]!, path))
        {
            var host = await hub.CreateRoomAsync();
            await host.FinishRunAsync(new { text = "the answer", chunksPerSecond = 0 });
            room = host.Room;
        }

        var export = Path.Combine(_folder.FullName, "room.jsonl");
        (await RunAsync(["export", room, export, .. settings])).Printed("Exported room .+ Every link fits; rooms: 1, events: \\d+.");
        (await RunAsync(["import", export, .. settings])).IsRefusedWith("the database has a room with the id");
        (await RunAsync(["invite", room, .. settings])).Printed("Join room .+");
        (await RunAsync(["invite", "nobody", .. settings])).IsRefusedWith("There is no room nobody.", room);
        (await RunAsync(["verify", .. settings])).Printed("Every link fits; rooms: 1, events: \\d+.");
        (await RunAsync(["backup", export + ".db", .. settings])).IsRefusedWith("pg_dump", path + ".keys");
        (await RunAsync(["restore", export, .. settings])).IsRefusedWith("pg_restore");

        await using var other = await NewAsync();
        var others = Settings(other.Settings["Storage:ConnectionString"]!, path);
        (await RunAsync(["import", export, .. others])).Printed($"Imported room {room} .+", "Its links prove .+");
        (await RunAsync(["verify", .. others])).Printed("Every link fits; rooms: 1, events: \\d+.");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=hub;Username=hub;Password=xylophone", "hub at 127.0.0.1 cannot be reached")]
    [InlineData("Server 127.0.0.1 xylophone", "Storage:ConnectionString is none.")]
    [InlineData("Database=xylophone", "Storage:ConnectionString names no server.")]
    [InlineData("", "Storage:ConnectionString is missing.")]
    public async Task Server_That_Cannot_Be_Used_Is_Refused_In_One_Sentence_Without_The_Password(string connection, string sentence)
    {
        var refused = await RunAsync(
            "--urls", "http://127.0.0.1:0", "--Storage:Path", Path.Combine(_folder.FullName, "hub.db"), "--Storage:Provider=PostgreSQL",
            $"--Storage:ConnectionString={connection}");

        refused.IsRefusedWith(sentence);
        Assert.DoesNotContain("xylophone", refused.Errors + refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_That_There_Is_Not_And_One_Of_Another_Program_Are_Refused()
    {
        await using var store = await NewAsync();
        var path = Path.Combine(_folder.FullName, "hub.db");

        (await RunAsync(["verify", .. Settings(store.Server.ConnectionString("nowhere"), path)])).IsRefusedWith("createdb");
        (await RunAsync(["verify", .. Settings(store.Server.ConnectionString("postgres"), path)]))
            .IsRefusedWith("It is not a hub's database");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string[] Settings(string connection, string path) =>
        ["--Storage:Provider=PostgreSQL", $"--Storage:ConnectionString={connection}", "--Storage:Path", path];

    private static HubUnderTest Start(string connection, string path) => HubUnderTest.Start(
        ("Storage:Provider", "PostgreSQL"), ("Storage:ConnectionString", connection), ("Storage:Path", path));

    private Task<HubStart> RunAsync(params string[] arguments) => HubStart.TryAsync(_folder.FullName, arguments);

    private async Task<PostgreSqlStoreFixture> NewAsync() =>
        (PostgreSqlStoreFixture)await PostgreSqlStoreFixture.CreateAsync(own, StorageDurability.Endings);
}
