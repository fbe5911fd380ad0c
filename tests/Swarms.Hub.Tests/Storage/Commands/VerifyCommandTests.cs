using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Database_Of_A_Running_Hub_And_A_Copy_Verify_And_Cursors_Are_Held_Against_Them()
    {
        await using var hub = _folder.StartHub();
        var host = await hub.CreateRoomAsync();
        await CommandFolder.SayAsync(host, "before");
        var before = await CursorAsync(host);
        (await _folder.RunAsync("backup", _folder.Backup)).Ended(0);
        await CommandFolder.SayAsync(host, "after");
        var after = await CursorAsync(host);

        const string Three = @"Every link fits; rooms: 1, events: 3\.";
        const string Four = @"Every link fits; rooms: 1, events: 4\.";
        var found = $@"The cursor is of this history, in room {host.Room}\.";
        const string NotFound = @"The cursor is of no history in this database\.";
        (await _folder.RunAsync("verify")).Printed(Four);
        (await _folder.RunAsync("verify", "--cursor", after)).Printed(Four, found);
        (await _folder.RunAsync("verify", "backup.db")).Printed(Three);
        (await _folder.RunAsync("verify", _folder.Backup, "--cursor", before)).Printed(Three, found);
        (await _folder.RunAsync("verify", _folder.Backup, "--cursor", after)).PrintedAndEnded(1, Three, NotFound);
        (await _folder.RunAsync("verify", "--cursor", new LogPosition(3, EventLink.CreateFirst()).ToString()))
            .PrintedAndEnded(1, Four, NotFound);
        Assert.Equal(["backup.db", "hub.db", "hub.db-shm", "hub.db-wal"], _folder.Files);
    }

    [Fact]
    public async Task Event_That_Does_Not_Fit_Is_Printed_And_The_Exit_Code_Says_So()
    {
        var host = await _folder.FillAsync();
        CommandFolder.Execute(_folder.Database, "UPDATE events SET By = 'eve' WHERE Sequence = 2");

        (await _folder.RunAsync("verify")).PrintedAndEnded(
            1, $@"Room {host.Room}: event 2 does not fit: it was changed, or stood behind another event\.",
            @"Rooms that do not verify: 1 of 1\.");
    }

    [Theory]
    [InlineData(Spoiled.Missing, "There is no database")]
    [InlineData(Spoiled.NoDatabase, "is not an SQLite database")]
    [InlineData(Spoiled.OfANewerVersion, "newer version")]
    [InlineData(Spoiled.DamagedInItsEvents, "damaged")]
    public async Task What_Cannot_Be_Verified_Is_Refused_And_Nothing_Is_Made(Spoiled how, string why)
    {
        await _folder.FillAsync();
        CommandFolder.Spoil(_folder.Database, how);

        (await _folder.RunAsync("verify")).IsRefusedWith(why);

        Assert.Equal(how == Spoiled.Missing ? [] : ["hub.db"], _folder.Files);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("0100:-1")]
    [InlineData(":3")]
    public async Task Text_That_Is_No_Cursor_Is_Refused(string text)
    {
        await _folder.FillAsync();

        (await _folder.RunAsync("verify", "--cursor", text)).IsRefusedWith($"and {text} is none");
    }

    private static async Task<string> CursorAsync(MemberCaller member) =>
        (await member.GetAsync(member.Path)).Json.GetProperty("cursor").GetString()!;
}
