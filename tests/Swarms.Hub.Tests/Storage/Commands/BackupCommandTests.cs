using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

public sealed class BackupCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_Of_A_Running_Hub_Is_One_File_That_Verifies_And_That_Nobody_Else_May_Read()
    {
        await using var hub = _folder.StartHub();
        var host = await hub.CreateRoomAsync();
        await CommandFolder.SayAsync(host, "before");

        (await _folder.RunAsync("backup", "backup.db"))
            .Printed($@"Backed up to {_folder.Backup}, [\d,]+ bytes\. Every link fits; rooms: 1, events: 3\.");

        Assert.Equal(["backup.db", "hub.db", "hub.db-shm", "hub.db-wal"], _folder.Files);
        Assert.Equal(3, CommandFolder.Count(_folder.Backup, "events"));
        if (OperatingSystem.IsLinux())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Backup));

        // The hub goes on undisturbed.
        await CommandFolder.SayAsync(host, "after");
        Assert.Equal(200, (await host.GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task Backup_Of_A_Stopped_Hub_Has_All_That_It_Has()
    {
        await _folder.FillAsync();
        var events = CommandFolder.Count(_folder.Database, "events");

        (await _folder.RunAsync("backup", _folder.Backup))
            .Printed($@"Backed up to {_folder.Backup}, [\d,]+ bytes\. Every link fits; rooms: 1, events: {events}\.");

        Assert.Equal(["backup.db", "hub.db"], _folder.Files);
        Assert.Equal(events, CommandFolder.Count(_folder.Backup, "events"));
    }

    [Fact]
    public async Task Backup_That_Would_Take_The_Place_Of_Something_Is_Refused()
    {
        await _folder.FillAsync();
        await File.WriteAllTextAsync(_folder.Backup, "The backup of yesterday", TestContext.Current.CancellationToken);
        var database = await File.ReadAllBytesAsync(_folder.Database, TestContext.Current.CancellationToken);

        foreach (var target in new[] { _folder.Backup, _folder.Database, Path.GetDirectoryName(_folder.Database)! })
            (await _folder.RunAsync("backup", target)).IsRefusedWith("There is something at", target);

        Assert.Equal("The backup of yesterday", await File.ReadAllTextAsync(_folder.Backup, TestContext.Current.CancellationToken));
        Assert.Equal(database, await File.ReadAllBytesAsync(_folder.Database, TestContext.Current.CancellationToken));
        Assert.Equal(["backup.db", "hub.db"], _folder.Files);
    }

    [Fact]
    public async Task Backup_Into_A_Folder_That_Is_Not_There_Is_Refused()
    {
        await _folder.FillAsync();

        (await _folder.RunAsync("backup", _folder.At("nowhere/backup.db"))).IsRefusedWith("There is no folder", _folder.At("nowhere"));

        Assert.Equal(["hub.db"], _folder.Files);
    }

    [Fact]
    public async Task Backup_Into_A_Folder_That_It_May_Not_Write_Is_Refused()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "Only Linux has /proc, where not even root writes.");
        await _folder.FillAsync();

        (await _folder.RunAsync("backup", "/proc/backup.db")).IsRefusedWith("/proc/backup.db cannot be written");
    }

    [Fact]
    public async Task Backup_To_A_Disk_That_Is_Full_Is_Refused_And_Leaves_Nothing()
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "This user may not mount a small disk.");
        await _folder.FillAsync();
        var target = Path.Combine(Path.GetDirectoryName(disk!.DatabasePath)!, "backup.db");

        using (disk.Fill())
            (await _folder.RunAsync("backup", target)).IsRefusedWith(target, "cannot be written", "the room on its disk");

        Assert.DoesNotContain(
            Directory.GetFiles(Path.GetDirectoryName(target)!), file => file.Contains("backup", StringComparison.Ordinal));
        Assert.Equal(["hub.db"], _folder.Files);
    }

    [Theory]
    [InlineData(Spoiled.Missing, "There is no database")]
    [InlineData(Spoiled.NoDatabase, "is not an SQLite database")]
    [InlineData(Spoiled.OfANewerVersion, "newer version")]
    [InlineData(Spoiled.DamagedInItsEvents, "is damaged")]
    public async Task Backup_Of_What_Cannot_Be_Restored_Is_Refused_And_Leaves_Nothing(Spoiled how, string why)
    {
        await _folder.FillAsync();
        CommandFolder.Spoil(_folder.Database, how);

        (await _folder.RunAsync("backup", _folder.Backup)).IsRefusedWith(_folder.Database, why);

        Assert.Equal(how == Spoiled.Missing ? [] : ["hub.db"], _folder.Files);
    }

    [Fact]
    public async Task Backup_Of_What_Does_Not_Verify_Is_Kept_And_Says_So()
    {
        await _folder.FillAsync();
        CommandFolder.Spoil(_folder.Database, Spoiled.TamperedWith);

        (await _folder.RunAsync("backup", _folder.Backup)).PrintedAndEnded(
            1, "Backed up to .* It does not verify, as the database does not:", "Room .*: event \\d+ does not fit.*",
            "Rooms that do not verify: 1 of 1.");

        Assert.Equal(["backup.db", "hub.db"], _folder.Files);
    }

    [Fact]
    public async Task What_A_Backup_That_Was_Killed_Left_Is_In_Nobodys_Way()
    {
        await _folder.FillAsync();
        await File.WriteAllTextAsync(_folder.Backup + ".partial", "half of it", TestContext.Current.CancellationToken);

        (await _folder.RunAsync("backup", _folder.Backup)).Ended(0);

        Assert.Equal(["backup.db", "hub.db"], _folder.Files);
    }
}
