using System.Text;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Search;

/// <summary>Text that was removed, edited or hidden, or is held back, is not found at once, and soon is in no file.</summary>
public sealed class SearchErasureTests
{
    private static readonly string[] Files = ["", "-wal"];

    private const string Secret = "xylophone-secret";

    private static readonly object Answer = new { text = $"the answer is {Secret}", chunksPerSecond = 0 };

    [Fact]
    public async Task Removed_And_Edited_Texts_Are_Not_Found_And_Leave_The_Index_And_The_Files()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var guest = await host.InviteAsync(MemberRoles.Viewer, "Xylophone-Secret");
        await host.SetAsync("player", new { name = Secret, model = Secret });
        var edited = await host.SayAsync($"an {Secret}");
        var removed = await host.SayAsync($"a removed {Secret}");
        var run = (await host.FinishRunAsync(Answer, $"Play {Secret}")).GetProperty("id").GetString()!;
        await hub.IndexedAsync();
        Assert.Equal(5, (await host.SearchAsync(Secret)).Results.Count);

        Assert.Equal(204, (await host.PatchAsync($"{host.Path}/messages/{edited}", new { text = "a new text" })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{removed}")).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{run}")).Status);
        Assert.Equal(204, (await host.RemoveAsync("player")).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{guest.Member}")).Status);

        Assert.Empty((await host.SearchAsync(Secret)).Results);
        Assert.Empty((await host.SearchAsync("xy")).Results);
        Assert.Equal(["message text"], await host.FindAsync("new text"));
        await hub.IndexedAsync();
        Assert.Empty((await host.SearchAsync(Secret)).Results);
        Assert.Equal(["message text"], await host.FindAsync("new text"));
        Assert.Equal(0, Count(hub, "SELECT count(*) FROM search_pieces WHERE Folded LIKE '%xylo%'"));
        Assert.Equal(0, Count(hub, "SELECT count(*) FROM search_index WHERE search_index MATCH '\"xyl\"'"));
        // The names of agents and members stay in the log, which says who was there.
        await Until.TrueAsync(() => !IsInFiles(hub, $"removed {Secret}") && !IsInFiles(hub, $"answer is {Secret}"));
        Assert.True(IsInFiles(hub, "a new text"));
    }

    [Fact]
    public async Task Hidden_Run_Is_Not_Found_Until_It_Is_Shown()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(Answer)).GetProperty("id").GetString()!;
        Assert.Equal(["run text"], await host.FindAsync(Secret));

        Assert.Equal(204, (await host.PostAsync($"{host.Path}/runs/{run}/hide", new { })).Status);
        Assert.Empty(await host.FindAsync(Secret));
        await hub.IndexedAsync();
        Assert.Empty(await host.FindAsync(Secret));

        Assert.Equal(204, (await host.PostAsync($"{host.Path}/runs/{run}/show", new { })).Status);
        Assert.Equal(["run text"], await host.FindAsync(Secret));
        await hub.IndexedAsync();
        Assert.Equal(["run text"], await host.FindAsync(Secret));
    }

    [Fact]
    public async Task Deleted_Room_Leaves_Nothing_In_The_Index()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await host.SayAsync($"an {Secret}");
        await host.FinishRunAsync(Answer);
        var other = await hub.CreateRoomAsync("Chemistry");
        await other.SayAsync("this stays");
        await hub.IndexedAsync();

        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);

        await Until.TrueAsync(() => Count(hub, "SELECT count(*) FROM search_pieces WHERE Folded LIKE '%xylo%'") == 0);
        await Until.TrueAsync(() => Count(hub, "SELECT count(*) FROM search_progress") == 1);
        Assert.Equal(0, Count(hub, "SELECT count(*) FROM search_index WHERE search_index MATCH '\"xyl\"'"));
        await Until.TrueAsync(() => !IsInFiles(hub, Secret));
        Assert.Equal(["message text"], await other.FindAsync("stays"));
    }

    [Fact]
    public async Task Held_Text_Is_Not_Found_Before_The_Room_Has_It()
    {
        await using var room = await HeldRoom.StartAsync(new { });
        var run = await room.StartRunAsync(room.Host, [$"the {Secret}", " comes later"]);
        await run.SendAsync();
        await room.Hub.IndexedAsync();

        Assert.Empty((await room.Host.SearchAsync(Secret)).Results);
        Assert.Equal(0, Count(room.Hub, "SELECT count(*) FROM search_pieces WHERE Folded LIKE '%xylo%'"));
    }

    [Fact]
    public async Task Agents_Of_A_Blind_Group_Are_Not_Found_Before_The_Reveal()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync(isBlind: true);
        await scripted.Hub.IndexedAsync();
        Assert.Equal(group.Runs.Order(), (await scripted.Host.SearchAsync("e", "&kind=run")).Results.Select(result => result.Id).Order());
        var hidden = (await scripted.Host.SearchAsync("e", "&kind=run")).Results;
        Assert.All(hidden, result => Assert.Equal(new RunAgent(null, null), result.Agent));
        Assert.Equal(0, Count(scripted.Hub, "SELECT count(*) FROM search_pieces WHERE Field IN ('name', 'model') AND Kind = 'run'"));

        await scripted.Host.RevealAsync(group);
        await scripted.Hub.IndexedAsync();

        var name = (await scripted.Host.SnapshotAsync()).Runs![0].Agent.Name!;
        Assert.NotEmpty((await scripted.Host.SearchAsync(name, "&kind=run")).Results);
        Assert.NotEqual(0, Count(scripted.Hub, "SELECT count(*) FROM search_pieces WHERE Field = 'name' AND Kind = 'run'"));
    }

    private static long Count(HubUnderTest hub, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={hub.DatabasePath};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private static bool IsInFiles(HubUnderTest hub, string text)
    {
        var searched = Encoding.UTF8.GetBytes(text);
        return Files.Any(suffix =>
        {
            if (!File.Exists(hub.DatabasePath + suffix))
                return false;

            using var file = new FileStream(hub.DatabasePath + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(searched) >= 0;
        });
    }
}
