using Microsoft.Extensions.FileProviders;

namespace Swarms.Hub.Hosting;

/// <summary>
/// The program's folder, which holds its settings file, its page and by default its database. The folder that the hub is started from
/// means nothing.
/// </summary>
internal static class ProgramFolder
{
    private const string Page = "wwwroot";
    private const string SettingsFile = "appsettings.json";

    private static readonly string Own = Find(AppContext.BaseDirectory);

    /// <summary>Returns the arguments with this folder as content root, unless they name another.</summary>
    public static string[] AsContentRoot(string[] args) => [$"--{WebHostDefaults.ContentRootKey}={Own}", .. args];

    /// <summary>Serves the page's files, from a configured web root first.</summary>
    public static void UsePageFiles(this WebApplication app)
    {
        var folder = Path.Combine(Own, Page);
        if (app.Configuration[WebHostDefaults.WebRootKey] is null && HasPage(folder))
        {
            app.Environment.WebRootPath = folder;
            app.Environment.WebRootFileProvider = new PhysicalFileProvider(folder);
        }

        if (Directory.Exists(app.Environment.WebRootPath))
            PageFiles.Use(app);
    }

    /// <summary>Returns the folder in which the page was looked for and is not; null if it is there.</summary>
    public static string? FindMissingPage(IWebHostEnvironment environment)
    {
        var folder = environment.WebRootPath is { Length: > 0 } path ? path : Path.Combine(environment.ContentRootPath, Page);
        return HasPage(folder) ? null : folder;
    }

    /// <summary>Returns the settings file of the current folder if the hub does not read it.</summary>
    public static string? FindIgnoredSettings(IHostEnvironment environment)
    {
        var file = Path.GetFullPath(SettingsFile);
        string[] read = [environment.ContentRootPath, AppContext.BaseDirectory];
        return File.Exists(file) && !read.Any(folder => Path.GetFullPath(SettingsFile, folder) == file) ? file : null;
    }

    /// <summary>Returns the folder of a program: its project's, if it was built there, or the one that it lies in.</summary>
    internal static string Find(string program)
    {
        // A built program lies in bin/<configuration>/<framework>. Only the project's own folder is trusted: the same path may lead
        // from a published program to somebody else's files.
        var project = Path.GetFullPath("../../..", program);
        return File.Exists(Path.Combine(project, "Swarms.Hub.csproj")) ? project : Path.TrimEndingDirectorySeparator(program);
    }

    private static bool HasPage(string folder) => File.Exists(Path.Combine(folder, "index.html"));
}
