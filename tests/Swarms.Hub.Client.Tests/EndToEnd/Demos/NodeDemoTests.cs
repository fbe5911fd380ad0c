using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

public sealed class NodeDemoTests(StartedHub started) : DemoSpecification(started), IDisposable
{
    private static readonly string Sdk = Path.GetFullPath("../Swarms.Hub.Client.Js", HubProcess.Folder);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-demo-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal override Demo Start(Dictionary<string, string> settings)
    {
        Demo.SkipUnless(Demo.IsOnPath("node"), "There is no Node: install Node 20 or later and build again.");
        Demo.SkipUnless(
            File.Exists(Path.Combine(Sdk, "dist", "index.js")),
            "The JavaScript client was not built: install Node 20 or later and build again.");

        // As npm install makes it, without touching the sources.
        var program = Path.Combine(_folder.FullName, "run.mjs");
        File.Copy(Path.Combine(Demo.Folder, "node", "run.mjs"), program);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "node_modules"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules", "swarms-hub-client"), Sdk);
        return new("node", [program], settings);
    }
}
