using System.Runtime.Versioning;
using Swarms.Hub.Cli;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class SavedSessionsTests : IDisposable
{
    private readonly ConsoleUser _user = new();
    private readonly List<string> _notes = [];

    private SavedSessions Sessions => new(_user.SettingsFolder) { Note = _notes.Add };

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task Newest_Session_That_Fits_Is_Found()
    {
        await SaveAsync("http://a", "r1", "t1");
        await SaveAsync("http://b", "r2", "t2");
        await SaveAsync("http://a", "r3", "t3");

        Assert.Equal("t3", Sessions.Find(null, null)?.Token);
        Assert.Equal("t2", Sessions.Find("http://b", null)?.Token);
        Assert.Equal("t1", Sessions.Find(null, "r1")?.Token);
        Assert.Null(Sessions.Find("http://b", "r1"));
        Assert.Equal(["r3", "r2", "r1"], Sessions.List().Select(session => session.Room));
    }

    [Fact]
    public async Task Forgotten_Session_Is_Found_No_More()
    {
        await SaveAsync("http://a", "r1", "t1");
        await SaveAsync("http://a", "r2", "t2");

        await Sessions.ForgetAsync("t2");

        Assert.Equal("r1", Sessions.Find(null, null)?.Room);
    }

    [Fact]
    public async Task Many_Consoles_At_Once_Forget_Nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => SaveAsync("http://a", $"r{i}", $"t{i}")))).InTime();

        Assert.Equal(40, Sessions.List().Select(session => session.Token).Distinct().Count());
    }

    [Fact]
    public async Task Readers_See_Whole_Files_While_Others_Write()
    {
        await SaveAsync("http://a", "r", "t");
        var writing = Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => SaveAsync("http://a", $"r{i}", $"t{i}"))));
        while (!writing.IsCompleted)
            Assert.NotEmpty(Sessions.List());

        await writing.InTime();
    }

    [Fact]
    public async Task Trial_Changes_Nothing()
    {
        await SaveAsync("http://a", "r1", "t1");
        var before = File.ReadAllText(Sessions.File);

        await Sessions.EnsureCanSaveAsync();

        Assert.Equal(before, File.ReadAllText(Sessions.File));
        Assert.Equal(["sessions.json", "sessions.json.lock"], Directory.GetFiles(_user.SettingsFolder).Select(Path.GetFileName).Order());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task File_Can_Be_Read_By_Its_Owner_Only()
    {
        SkipOnWindows();
        await SaveAsync("http://a", "r1", "t1");
        await SaveAsync("http://a", "r2", "t2");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Sessions.File));
        Assert.Empty(_notes);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public async Task File_That_Others_Can_Use_Is_Taken_From_Them_With_A_Word(UnixFileMode others)
    {
        SkipOnWindows();
        await SaveAsync("http://a", "r1", "t1");
        File.SetUnixFileMode(Sessions.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        Assert.Equal("t1", Sessions.Find(null, null)?.Token);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Sessions.File));
        Assert.Equal($"Others could use {Sessions.File}, which holds tokens; now only you can.", Assert.Single(_notes));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"hub\":\"http://a\"}")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{\"hub\":\"http://a\",\"room\":\"r\",\"token\":null}]")]
    [InlineData("[{\"hub\":\"http://a\",\"room\":\"r\",\"token\":\"t\"}")]
    [InlineData("\u0000\u0001")]
    public async Task File_That_Is_No_List_Of_Rooms_Is_Named_And_Left_Alone(string content)
    {
        Directory.CreateDirectory(_user.SettingsFolder);
        File.WriteAllText(Sessions.File, content);
        var sentence = $"{Sessions.File} is not a list of saved rooms: repair or delete it.";

        Assert.Equal(sentence, Assert.Throws<CommandException>(() => Sessions.Find(null, null)).Message);
        Assert.Equal(sentence, (await Assert.ThrowsAsync<CommandException>(Sessions.EnsureCanSaveAsync)).Message);
        Assert.Equal(content, File.ReadAllText(Sessions.File));
    }

    [Fact]
    public async Task Folder_In_The_Files_Place_Is_Named()
    {
        Directory.CreateDirectory(Sessions.File);
        var sentence = $"{Sessions.File} is a folder, and should be a file: move it away.";

        Assert.Equal(sentence, Assert.Throws<CommandException>(() => Sessions.Find(null, null)).Message);
        Assert.Equal(sentence, (await Assert.ThrowsAsync<CommandException>(Sessions.EnsureCanSaveAsync)).Message);
    }

    [Fact]
    public async Task File_In_The_Folders_Place_Is_Named()
    {
        File.WriteAllText(_user.SettingsFolder, "");

        var refused = await Assert.ThrowsAsync<CommandException>(Sessions.EnsureCanSaveAsync);

        Assert.StartsWith($"{Sessions.File} cannot be written: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Left_By_A_Console_That_Was_Killed_Is_No_Obstacle()
    {
        Directory.CreateDirectory(_user.SettingsFolder);
        File.WriteAllText(Sessions.File + ".new", "half");
        File.WriteAllText(Sessions.File + ".lock", "");

        await SaveAsync("http://a", "r1", "t1");

        Assert.Equal("t1", Sessions.Find(null, null)?.Token);
    }

    private Task SaveAsync(string hub, string room, string token) => Sessions.SaveAsync(new SavedSession(hub, room, token));

    private static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a user's settings to that user by its folders.");
}
