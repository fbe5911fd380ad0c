using Microsoft.Extensions.FileProviders;

namespace Swarms.Hub.Hosting;

/// <summary>Finds the built page, regardless of the folder in which the hub is started. A configured web root comes first.</summary>
internal static class PageFolder
{
    private const string Name = "wwwroot";

    public static void UsePageFiles(this WebApplication app)
    {
        if (app.Configuration[WebHostDefaults.WebRootKey] is null && Find(AppContext.BaseDirectory) is { } folder)
        {
            app.Environment.WebRootPath = folder;
            app.Environment.WebRootFileProvider = new PhysicalFileProvider(folder);
        }

        if (Directory.Exists(app.Environment.WebRootPath))
            PageFiles.Use(app);
    }

    /// <summary>Returns the page's folder, beside a published program or in the project of a built one; null if there is none.</summary>
    internal static string? Find(string program)
    {
        // A built program lies in bin/<configuration>/<framework>. Only the project's own folder is trusted: the same path may lead
        // from a published program to somebody else's files.
        var project = Path.GetFullPath("../../..", program);
        var isBuilt = File.Exists(Path.Combine(project, "Swarms.Hub.csproj"));
        string[] folders = isBuilt ? [program, project] : [program];
        return folders
            .Select(folder => Path.Combine(folder, Name))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "index.html")));
    }
}
