using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

public sealed class ProgramFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Published_Program_Has_Its_Settings_And_Page_Beside_It()
    {
        Create("app/wwwroot/index.html");

        Assert.Equal(FolderOf("app").TrimEnd(Path.DirectorySeparatorChar), ProgramFolder.Find(FolderOf("app")));
    }

    [Fact]
    public void Built_Program_Has_Them_In_Its_Project()
    {
        var project = Create("Swarms.Hub/Swarms.Hub.csproj");

        Assert.Equal(project, ProgramFolder.Find(FolderOf("Swarms.Hub/bin/Release/net10.0")));
    }

    [Fact]
    public void Published_Program_Trusts_No_Folder_Above_It()
    {
        Create("srv/wwwroot/index.html");

        Assert.Equal(FolderOf("srv/apps/hub/current").TrimEnd('/'), ProgramFolder.Find(FolderOf("srv/apps/hub/current")));
    }

    [Fact]
    public async Task Hub_Started_From_Another_Folder_Has_Its_Page_And_Names_Its_Database()
    {
        var page = await PageFromAsync(_folder.FullName);

        Assert.Equal(await PageFromAsync(HubProcess.Folder), page);
    }

    [Fact]
    public async Task Hub_Whose_Page_Is_Missing_Names_The_Folder_That_It_Looked_In()
    {
        await using var hub = new HubProcess { StartFolder = _folder.FullName };
        await hub.StartAsync("--webroot", FolderOf("elsewhere"));

        using var client = hub.CreateClient();
        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Forwarded-For", "192.0.2.1" } } };
        using var stranger = await client.SendAsync(forwarded, TestContext.Current.CancellationToken);

        Assert.Contains("was not built", page, StringComparison.Ordinal);
        Assert.Contains("elsewhere", page, StringComparison.Ordinal);
        await hub.PrintsAsync("elsewhere");
        var told = await stranger.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("was not built", told, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_Names_A_Settings_File_That_It_Does_Not_Read()
    {
        var folder = Create("started/appsettings.json");
        await using var hub = new HubProcess { StartFolder = folder };

        await hub.StartAsync();

        await hub.PrintsAsync($"Not read: {folder}");
    }

    private static async Task<string> PageFromAsync(string folder)
    {
        await using var hub = new HubProcess { StartFolder = folder };
        await hub.StartAsync();
        using var client = hub.CreateClient();
        await hub.PrintsAsync($"Database: {hub.DatabasePath}");
        return await client.GetStringAsync("/", TestContext.Current.CancellationToken);
    }

    /// <summary>Creates an empty file and returns its folder.</summary>
    private string Create(string path)
    {
        var folder = FolderOf(Path.GetDirectoryName(path)!).TrimEnd(Path.DirectorySeparatorChar);
        File.WriteAllText(Path.Combine(folder, Path.GetFileName(path)), "");
        return folder;
    }

    // With the separator at its end, as AppContext.BaseDirectory has it.
    private string FolderOf(string path) => _folder.CreateSubdirectory(path).FullName + Path.DirectorySeparatorChar;
}
