using System.Runtime.Versioning;
using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class SavedSessionsTests : IDisposable
{
    private readonly ConsoleUser _user = new();

    private SavedSessions Sessions => new(_user.SettingsFolder);

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Newest_Session_That_Fits_Is_Found()
    {
        Sessions.Save(new SavedSession("http://a", "r1", "t1"));
        Sessions.Save(new SavedSession("http://b", "r2", "t2"));
        Sessions.Save(new SavedSession("http://a", "r3", "t3"));

        Assert.Equal("t3", Sessions.Find(null, null)?.Token);
        Assert.Equal("t2", Sessions.Find("http://b", null)?.Token);
        Assert.Equal("t1", Sessions.Find(null, "r1")?.Token);
        Assert.Null(Sessions.Find("http://b", "r1"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void File_Can_Be_Read_By_Its_Owner_Only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a user's settings to that user by its folders.");
        Sessions.Save(new SavedSession("http://a", "r1", "t1"));
        Sessions.Save(new SavedSession("http://a", "r2", "t2"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Sessions.File));
    }

    [Fact]
    public void File_That_Cannot_Be_Read_Is_Named_And_Left_Alone()
    {
        Directory.CreateDirectory(_user.SettingsFolder);
        File.WriteAllText(Sessions.File, "{");

        Assert.Contains(Sessions.File, Assert.Throws<CommandException>(() => Sessions.Find(null, null)).Message, StringComparison.Ordinal);
        Assert.Equal("{", File.ReadAllText(Sessions.File));
    }
}
