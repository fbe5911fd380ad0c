using System.Text.Json;

namespace Swarms.Hub.Architecture;

/// <summary>Every project restores exactly the packages that its committed lock file names.</summary>
public sealed class LockFilesTests
{
    [Fact]
    public void Every_Project_Has_A_Lock_File()
    {
        var projects = Repository.Files("*.csproj");

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.True(
            File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json")),
            $"{project} has no packages.lock.json: run `dotnet restore` and commit the file."));
    }

    [Fact]
    public void Every_Package_Is_Locked_By_Its_Hash() => Assert.All(
        Repository.Files("packages.lock.json").SelectMany(Packages).Where(package => package.Type != "Project"),
        package => Assert.True(package.HasHash, $"{package.Name} in {package.File} has no contentHash."));

    [Fact]
    public void Lock_Files_Name_No_Registry() => Assert.All(
        Repository.Files("packages.lock.json"), file => Assert.DoesNotContain("://", Repository.Read(file), StringComparison.Ordinal));

    private static IEnumerable<(string File, string Name, string Type, bool HasHash)> Packages(string file)
    {
        using var document = JsonDocument.Parse(Repository.Read(file));
        return
        [
            .. from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               let type = package.Value.GetProperty("type").GetString()!
               select (file, package.Name, type, package.Value.TryGetProperty("contentHash", out _)),
        ];
    }
}
