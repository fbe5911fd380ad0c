
namespace Swarms.Hub.Browser;

/// <summary>The files that the server's build made for browsers.</summary>
internal static class BuiltHub
{
    public static bool HasPage => File.Exists(Path.Combine(HubProcess.Folder, "wwwroot", "index.html"));

    /// <summary>The console client of the same build.</summary>
    public static string Console { get; } = Path.GetFullPath(
        $"../Swarms.Hub.Cli/bin/{Configuration}/net10.0/swarms-hub.dll", HubProcess.Folder);

    /// <summary>The folder in which the page's build put the packages of the JavaScript client, with SignalR's.</summary>
    public static string JavaScriptClient { get; } = Path.GetFullPath("../Swarms.Hub.Client.Js/package.json", HubProcess.Folder);

    public static string PlainViewer { get; } = Path.Combine(AppContext.BaseDirectory, "plain-viewer.mjs");

    /// <summary>The page of client-demo that needs no build.</summary>
    public static string PlainPage { get; } = Path.GetFullPath("../../client-demo/plain-page/index.html", HubProcess.Folder);

    public static string HostileTexts { get; } = Path.GetFullPath("../Swarms.Hub.Web/tests/markdown/hostile.json", HubProcess.Folder);

    public static string Screenshot { get; } = Path.GetFullPath("../Swarms.Hub.Web/screenshot.png", HubProcess.Folder);

    /// <summary>The folder of the pictures that the tests take. Git ignores it.</summary>
    public static string Pictures { get; } =
        Path.GetFullPath("../../tests/Swarms.Hub.Browser.Tests/TestResults/pictures", HubProcess.Folder);

    /// <summary>The checker of accessibility, from the packages of the page.</summary>
    public static string Axe { get; } = Path.GetFullPath("../Swarms.Hub.Web/node_modules/axe-core/axe.min.js", HubProcess.Folder);

    /// <summary>The reader of QR codes, from the packages of the page's tests.</summary>
    public static string QrReader { get; } = Path.GetFullPath("../Swarms.Hub.Web/node_modules/jsqr/dist/jsQR.js", HubProcess.Folder);

    private static string? Configuration => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(HubProcess.Assembly)));
}
