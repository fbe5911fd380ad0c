using System.Text;
using Swarms.Hub.Storage.Sqlite;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>Deleting a room leaves nothing readable in any file of the database's folder.</summary>
public sealed class DeletionTests
{
    private static readonly string[] Words =
    [
        "Wombatroom", "Renamedkoala", "Quokkahost", "Numbatguest", "Bandicootbanned", "Dingoprogram", "Echidnamessage", "Platypustask",
        "Cassowaryagent", "Kookaburrarun", "Galahkey", "Emumodel",
    ];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deleted_Room_Leaves_No_Text_In_Any_File(bool isStopped)
    {
        await using var hub = HubUnderTest.Start();
        var other = await hub.CreateRoomAsync("Another room that stays");
        var created = await hub.Anybody().PostAsync("/api/rooms", new { name = "Wombatroom", memberName = "Quokkahost" });
        var host = new MemberCaller(hub.Address, created.Json);
        await FillAsync(hub, host);
        Assert.NotEmpty(await FindAsync(hub));

        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);

        if (isStopped)
        {
            // A hub that stops earlier goes on at its next start.
            await UntilAsync(async () =>
            {
                await using var context = hub.Get<SqliteDatabase>().CreateContext();
                return !context.Rooms.Any(room => room.HasRemains);
            });
            await hub.StopAsync();
            Assert.Empty(await FindAsync(hub));
            return;
        }

        // The others go on writing, so the hub is never idle.
        await UntilAsync(async () =>
        {
            await other.PostAsync($"{other.Path}/messages", new { text = "meanwhile" });
            return (await FindAsync(hub)).Count == 0;
        });
    }

    [Fact]
    public async Task Files_Of_The_Database_Are_Their_Owners_Alone()
    {
        await using var hub = HubUnderTest.Start();
        await hub.CreateRoomAsync();

        var files = Directory.GetFiles(Path.GetDirectoryName(hub.DatabasePath)!);

        Assert.Equal(
            ["hub.db", "hub.db-shm", "hub.db-wal", "hub.db.key", "hub.db.lock"], files.Select(file => Path.GetFileName(file)).Order());
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in files)
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private static async Task FillAsync(HubUnderTest hub, MemberCaller host)
    {
        await host.PatchAsync(host.Path, new { name = "Renamedkoala" });
        await host.InviteAsync("participant", "Numbatguest");
        await host.PostAsync($"{host.Path}/programs", new { name = "Dingoprogram" });
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        var banned = await hub.Anybody().PostAsync("/api/join", new { invite, name = "Bandicootbanned", session = "cookie" });
        await host.DeleteAsync($"{host.Path}/members/{banned.Json.GetProperty("member").GetProperty("id").GetString()}?ban=true");
        await host.PostAsync($"{host.Path}/members/me/return-link", new { });
        for (var i = 0; i < 40; i++)
            await host.PostAsync($"{host.Path}/messages", new { text = string.Concat(Enumerable.Repeat("Echidnamessage ", 300)) });

        var started = await host.PostAsync($"{host.Path}/runs", new
        {
            request = new
            {
                agent_config = new { agent_name = "Cassowaryagent", model_name = "Emumodel" },
                task = string.Concat(Enumerable.Repeat("Platypustask ", 500)),
                simulation = new { chunksPerSecond = 0, chunks = 400, text = "Kookaburrarun" },
            },
            idempotencyKey = "Galahkey",
        });
        Assert.Equal(202, started.Status);
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.UntilEndOfAsync(started.Json.GetProperty("run").GetProperty("id").GetString()!);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(HubUnderTest hub)
    {
        var found = new List<string>();
        // The lock file is empty, and locked.
        var files = Directory.GetFiles(Path.GetDirectoryName(hub.DatabasePath)!);
        foreach (var file in files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, CancellationToken);
            var text = Encoding.Latin1.GetString(content.ToArray());
            found.AddRange(Words.Where(word => text.Contains(word, StringComparison.Ordinal)).Select(word => $"{word} in {file}"));
        }

        return found;
    }

    private static Task UntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(condition);
}
