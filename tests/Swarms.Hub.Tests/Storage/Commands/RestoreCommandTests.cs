using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Hosting;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Commands;

public sealed class RestoreCommandTests : IDisposable
{
    private const string NotRevoked =
        "What was taken back after the backup was made is valid again: tokens, invites, agents' secrets, members who were removed. "
        + "restore --revoke ends them all.";

    private readonly CommandFolder _folder = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Restore_Puts_The_Backup_In_Place_And_Keeps_What_Was_There_With_Its_Write_Ahead_Log()
    {
        var host = await _folder.FillAsync();
        var events = CommandFolder.Count(_folder.Database, "events");
        (await _folder.RunAsync("backup", _folder.Backup)).Ended(0);
        File.Delete(_folder.Database);
        // A killed hub leaves its newest commits in the write-ahead log.
        await using var killed = await HubProcess.StartNewAsync();
        await killed.CreateRoomAsync();
        await killed.KillAsync();
        foreach (var part in new[] { "", "-wal" })
            File.Copy(killed.DatabasePath + part, _folder.Database + part);

        var restored = await _folder.RunAsync("restore", _folder.Backup);

        restored.Printed(
            $@"Restored {_folder.Database} from {_folder.Backup}\. Every link fits; rooms: 1, events: {events}\.",
            $@"What was there before is at {_folder.Database}\.replaced-\d{{8}}T\d{{6}}Z\.",
            NotRevoked);
        var kept = Assert.Single(_folder.Files, file => file.Contains("replaced", StringComparison.Ordinal) && file.EndsWith('Z'));
        Assert.Equal(["backup.db", "hub.db", kept, kept + "-wal"], _folder.Files);
        Assert.Equal(2, CommandFolder.Count(_folder.At(kept), "events"));
        await using var hub = _folder.StartHub();
        Assert.Equal(
            events, (await host.At(hub.Address).GetAsync($"{host.Path}/events?limit=1000")).Json.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task Write_Ahead_Log_Without_Its_Database_Is_Set_Aside_As_Well()
    {
        var host = await _folder.FillAsync();
        File.Move(_folder.Database, _folder.Backup);
        await using var killed = await HubProcess.StartNewAsync();
        await killed.CreateRoomAsync();
        await killed.KillAsync();
        File.Copy(killed.DatabasePath + "-wal", _folder.Database + "-wal");

        (await _folder.RunAsync("restore", _folder.Backup)).Ended(0);

        (await _folder.RunAsync("verify")).Printed(@"Every link fits; rooms: 1, events: \d+\.");
        await using var hub = _folder.StartHub();
        Assert.Equal(200, (await host.At(hub.Address).GetAsync(host.Path)).Status);
    }

    [Fact]
    public async Task Restore_Where_No_Hub_Has_Been_Makes_The_Folder()
    {
        var host = await _folder.FillAsync();
        var database = _folder.At("data/of/hub.db");

        var restored = await HubStart.TryAsync("/", "restore", _folder.Database, $"--Storage:Path={database}");

        restored.Printed($@"Restored {database} from {_folder.Database}\. Every link fits; rooms: 1, events: \d+\.", NotRevoked);
        await using var hub = HubUnderTest.Start(("Storage:Path", database));
        Assert.Equal(200, (await host.At(hub.Address).GetAsync(host.Path)).Status);
    }

    [Fact]
    public async Task Restore_Is_Refused_While_A_Hub_Runs_Which_Notices_Nothing()
    {
        await _folder.FillAsync();
        (await _folder.RunAsync("backup", _folder.Backup)).Ended(0);
        await using var hub = _folder.StartHub();
        var host = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, host.Admission);
        var files = _folder.Files.ToList();

        (await _folder.RunAsync("restore", _folder.Backup))
            .IsRefusedWith("The storage cannot be used: another hub is running on", _folder.Database);
        (await _folder.RunAsync("restore", _folder.Backup, "--revoke")).IsRefusedWith("another hub is running on", _folder.Database);

        Assert.Equal(files, _folder.Files);
        await CommandFolder.SayAsync(host, "still here");
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Message);
        Assert.DoesNotContain(viewer.Frames, frame => frame.Kind == FrameKinds.Storage);
        Assert.Equal(200, (await host.GetAsync("/readyz")).Status);
    }

    [Theory]
    [InlineData(Spoiled.Missing, "There is no database")]
    [InlineData(Spoiled.NoDatabase, "is not an SQLite database")]
    [InlineData(Spoiled.AnotherProgramsDatabase, "is not a hub's database")]
    [InlineData(Spoiled.OfANewerVersion, "newer version")]
    [InlineData(Spoiled.DamagedAtItsBeginning, "is damaged")]
    [InlineData(Spoiled.DamagedInItsEvents, "is damaged")]
    [InlineData(Spoiled.CutOff, "is damaged")]
    [InlineData(Spoiled.TamperedWith, "does not verify. Room ")]
    public async Task Restore_Of_A_Spoiled_Backup_Is_Refused_And_The_Database_Is_As_It_Was(Spoiled how, string why)
    {
        await _folder.FillAsync();
        File.Copy(_folder.Database, _folder.Backup);
        CommandFolder.Spoil(_folder.Backup, how);
        var database = await File.ReadAllBytesAsync(_folder.Database, CancellationToken);

        (await _folder.RunAsync("restore", _folder.Backup)).IsRefusedWith(_folder.Backup, why);

        Assert.Equal(database, await File.ReadAllBytesAsync(_folder.Database, CancellationToken));
        Assert.Equal(how == Spoiled.Missing ? ["hub.db"] : ["backup.db", "hub.db"], _folder.Files);
    }

    [Fact]
    public async Task Restore_Of_The_Database_Itself_Is_Refused()
    {
        await _folder.FillAsync();

        (await _folder.RunAsync("restore", "./hub.db")).IsRefusedWith(_folder.Database, "Name the backup");

        Assert.Equal(["hub.db"], _folder.Files);
    }

    [Fact]
    public async Task What_A_Restore_That_Was_Killed_Left_Is_In_Nobodys_Way()
    {
        await _folder.FillAsync();
        File.Copy(_folder.Database, _folder.Backup);
        foreach (var left in new[] { ".restoring", ".restoring.partial" })
            await File.WriteAllTextAsync(_folder.Database + left, "half of it", CancellationToken);

        (await _folder.RunAsync("restore", _folder.Backup)).Ended(0);

        Assert.Equal(3, _folder.Files.Count());
    }

    [Fact]
    public async Task Restores_In_One_Second_Each_Keep_What_Was_There()
    {
        await _folder.FillAsync();
        File.Copy(_folder.Database, _folder.Backup);

        for (var i = 0; i < 3; i++)
            RestoreInTheSameSecond();

        Assert.Equal(2 + 3, _folder.Files.Count());
        Assert.All(_folder.Files, file => Assert.Equal(1, CommandFolder.Count(_folder.At(file), "rooms")));
    }

    [Fact]
    public async Task What_Was_Taken_Back_After_The_Backup_Is_Valid_Again_Unless_Restore_Is_Told_To_Revoke()
    {
        MemberCaller host, guest;
        string invite;
        await using (var hub = _folder.StartHub())
        {
            host = await hub.CreateRoomAsync();
            guest = await host.InviteAsync(MemberRoles.Participant);
            var created = await host.CreateInviteAsync(new { role = MemberRoles.Viewer });
            invite = MemberCaller.Secret(created);
            await host.AddWriterAsync(new { llm_api_key = "sk-of-the-agent-51f0aa" });
            Assert.Equal(201, (await host.PostAsync($"{host.Path}/members/me/return-link", new { })).Status);
            (await _folder.RunAsync("backup", _folder.Backup)).Ended(0);
            Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{guest.Member}")).Status);
            Assert.Equal(
                204, (await host.DeleteAsync($"{host.Path}/invites/{created.GetProperty("invite").GetProperty("id").GetString()}")).Status);
            (await guest.GetAsync(guest.Path)).IsProblem(401, ErrorCodes.Unauthenticated);
            (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Eve" })).IsProblem(404, ErrorCodes.NotFound);
        }

        Assert.Contains(NotRevoked, (await _folder.RunAsync("restore", _folder.Backup)).Output, StringComparison.Ordinal);
        await using (var hub = _folder.StartHub())
        {
            Assert.Equal(200, (await guest.At(hub.Address).GetAsync(guest.Path)).Status);
            Assert.Equal(200, (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Eve" })).Status);
        }

        var revoked = await _folder.RunAsync("restore", _folder.Backup, "--revoke");
        revoked.Printed(".+", ".+", "All tokens, invites and browser sessions are revoked, and the agents' secrets are gone.+ invite ROOM");
        foreach (var table in (string[])["tokens", "invites", "return_links", "agent_secrets"])
            Assert.Equal(0, CommandFolder.Count(_folder.Database, table));

        await using (var hub = _folder.StartHub())
        {
            foreach (var member in new[] { host, guest })
                (await member.At(hub.Address).GetAsync(member.Path)).IsProblem(401, ErrorCodes.Unauthenticated);

            (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Eve" })).IsProblem(404, ErrorCodes.NotFound);
        }
    }

    private void RestoreInTheSameSecond()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:Path", _folder.Database)]);
        builder.Services.AddStorage()
            .AddSingleton<StorageCommands>()
            .AddSingleton<IdGenerator>()
            .AddSingleton<TimeProvider>(new FakeTimeProvider());
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<StorageCommands>().Restore(_folder.Backup, revoke: false);
    }
}
