using Microsoft.Data.Sqlite;
using Swarms.Hub.Hosting;
using Swarms.Hub.Storage.Sqlite;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

/// <summary>A folder for a hub's database and its backups. Commands on it start as an operator starts them.</summary>
internal sealed class CommandFolder : IDisposable
{
    private static readonly Lazy<Task<(byte[] Database, MemberCaller Host)>> Template = new(FillTemplateAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-commands-");

    public string Database => At("hub.db");

    public string Backup => At("backup.db");

    /// <summary>All files except the lock file, which means nothing once nobody holds it, and the keys beside databases.</summary>
    public IEnumerable<string> Files =>
        _folder.EnumerateFileSystemInfos().Select(file => file.Name)
            .Where(name => name != "hub.db.lock" && !name.EndsWith(".key", StringComparison.Ordinal)).Order();

    public string At(string name) => Path.Combine(_folder.FullName, name);

    public Task<HubStart> RunAsync(params string[] command)
    {
        LetGo();
        return HubStart.TryAsync(_folder.FullName, [.. command, "--Storage:Path", Database]);
    }

    public HubUnderTest StartHub()
    {
        LetGo();
        return HubUnderTest.Start(("Storage:Path", Database));
    }

    /// <summary>Makes a database of a stopped hub with a room, a message and a run; returns the room's host.</summary>
    public async Task<MemberCaller> FillAsync()
    {
        var (database, host) = await Template.Value;
        await File.WriteAllBytesAsync(Database, database, TestContext.Current.CancellationToken);
        return host;
    }

    public static async Task SayAsync(MemberCaller member, string text) =>
        Assert.Equal(201, (await member.PostAsync($"{member.Path}/messages", new { text })).Status);

    /// <summary>Executes SQL, as another program would.</summary>
    public static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        SqliteDatabase.Execute(connection, sql);
    }

    public static long Count(string path, string table)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return DatabaseFile.Scalar<long>(connection, $"SELECT count(*) FROM {table}");
    }

    /// <summary>Damages a database so that every command refuses it.</summary>
    public static void Spoil(string path, Spoiled how)
    {
        switch (how)
        {
            case Spoiled.Missing:
                File.Delete(path);
                break;
            case Spoiled.NoDatabase:
                File.WriteAllText(path, new string('x', 8192));
                break;
            case Spoiled.AnotherProgramsDatabase:
                File.Delete(path);
                Execute(path, "CREATE TABLE rooms (x); CREATE TABLE notes (x)");
                break;
            case Spoiled.OfANewerVersion:
                Execute(path, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0.0')");
                break;
            case Spoiled.DamagedAtItsBeginning:
                Overwrite(path, 100, 4_000);
                break;
            case Spoiled.DamagedInItsEvents:
                Overwrite(path, RootOfEvents(path), 4_000);
                break;
            case Spoiled.CutOff:
                using (var file = File.OpenWrite(path))
                    file.SetLength(file.Length / 2);

                break;
            case Spoiled.TamperedWith:
                Execute(path, "UPDATE events SET Data = replace(Data, 'before', 'behind') WHERE Type = 'message'");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(byte[] Database, MemberCaller Host)> FillTemplateAsync()
    {
        using var folder = new CommandFolder();
        MemberCaller host;
        await using (var hub = folder.StartHub())
        {
            host = await hub.CreateRoomAsync();
            await host.FinishRunAsync(new { chunks = 20, chunksPerSecond = 0 });
            await SayAsync(host, "before");
        }

        LetGo();
        return (await File.ReadAllBytesAsync(folder.Database, CancellationToken.None), host);
    }

    // A hub in this process leaves pooled connections, which would keep a replaced file open.
    private static void LetGo() => SqliteConnection.ClearAllPools();

    private static long RootOfEvents(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return DatabaseFile.Scalar<long>(
            connection, "SELECT (rootpage - 1) * page_size FROM sqlite_schema, pragma_page_size() WHERE name = 'events'");
    }

    private static void Overwrite(string path, long place, int bytes)
    {
        using var file = File.OpenWrite(path);
        file.Position = place;
        file.Write([.. Enumerable.Repeat((byte)0xA5, bytes)]);
    }
}
