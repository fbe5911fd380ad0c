using Swarms.Hub.Hosting;

namespace Swarms.Hub.Storage;

public sealed class StoragePathTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-path-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("~/hub.db", "only a shell knows")]
    [InlineData(":memory:", "must be the path of a file")]
    [InlineData("file:hub.db?mode=memory", "must be the path of a file")]
    public async Task Path_That_Is_None_Is_Refused_And_Makes_No_File(string path, string words)
    {
        (await StartAsync("--Storage:Path", path)).IsRefusedWith("Storage:Path", words);

        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Relative_Path_Starts_At_The_Content_Root_And_Not_At_The_Current_Folder()
    {
        var root = _folder.CreateSubdirectory("root").FullName;
        var elsewhere = _folder.CreateSubdirectory("elsewhere").FullName;

        await using var start = HubStart.Begin(
            elsewhere, "--urls", "http://127.0.0.1:0", "--Storage:Path", "data/hub.db", "--contentRoot", root);
        await start.ReadyAsync();
        var ended = await start.StopAsync();

        Assert.Contains($"Database: {Path.Combine(root, "data/hub.db")}", ended.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(root, "data/hub.db")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public async Task Database_Where_Earlier_Versions_Looked_Is_Named_Instead_Of_Seeming_Lost()
    {
        var root = _folder.CreateSubdirectory("root").FullName;
        var former = Path.Combine(_folder.FullName, "data", "hub.db");
        _folder.CreateSubdirectory("data");
        await File.WriteAllTextAsync(former, "", TestContext.Current.CancellationToken);

        (await StartAsync("--Storage:Path", "data/hub.db", "--contentRoot", root))
            .IsRefusedWith(former, Path.Combine(root, "data/hub.db"), "--Storage:Path");

        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    private Task<HubStart> StartAsync(params string[] arguments) =>
        HubStart.TryAsync(_folder.FullName, ["--urls", "http://127.0.0.1:0", .. arguments]);
}
