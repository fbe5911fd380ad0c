namespace Swarms.Hub.LoadTest.Servers;

/// <summary>Finds the built programs.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string HubPath => Built("src/Swarms.Hub", "Swarms.Hub.dll");

    public static string Peers => Path.Combine(Root, "tests", "Swarms.Hub.LoadTest", "peers");

    public static string Built(string project, string assembly)
    {
        var path = Path.Combine(Root, project, "bin", "Release", "net10.0", assembly);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there. Build it first: dotnet build -c Release", path);
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Swarms.Hub.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? FindRoot(parent)
        : throw new DirectoryNotFoundException("The load test runs from within the repository.");
}
