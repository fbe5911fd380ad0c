using Swarms.Hub.Testing;

namespace Swarms.Hub.Browser;

/// <summary>What the server's build made for browsers.</summary>
internal static class BuiltHub
{
    public static bool HasPage => File.Exists(Path.Combine(HubProcess.Folder, "wwwroot", "index.html"));

    public static string Screenshot { get; } = Path.GetFullPath("../../client-demo/web/screenshot.png", HubProcess.Folder);
}
