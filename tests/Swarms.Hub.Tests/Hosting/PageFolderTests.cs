namespace Swarms.Hub.Hosting;

public sealed class PageFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Published_Program_Has_Its_Page_Beside_It()
    {
        var page = Create("app/wwwroot/index.html");

        Assert.Equal(page, PageFolder.Find(FolderOf("app")));
    }

    [Fact]
    public void Built_Program_Has_Its_Page_In_Its_Project()
    {
        Create("Swarms.Hub/Swarms.Hub.csproj");
        var page = Create("Swarms.Hub/wwwroot/index.html");

        Assert.Equal(page, PageFolder.Find(FolderOf("Swarms.Hub/bin/Release/net10.0")));
    }

    [Fact]
    public void Published_Program_Serves_No_Folder_Above_It()
    {
        Create("srv/wwwroot/index.html");

        Assert.Null(PageFolder.Find(FolderOf("srv/apps/hub/current")));
    }

    [Fact]
    public void Program_Whose_Page_Was_Not_Built_Has_None()
    {
        Create("Swarms.Hub/Swarms.Hub.csproj");

        Assert.Null(PageFolder.Find(FolderOf("Swarms.Hub/bin/Release/net10.0")));
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
