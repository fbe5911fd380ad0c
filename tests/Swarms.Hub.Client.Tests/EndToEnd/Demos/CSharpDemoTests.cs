using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

public sealed class CSharpDemoTests(StartedHub started) : DemoSpecification(started)
{
    // Of the same build as the hub.
    private static readonly string Build = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(HubProcess.Assembly)!)!);

    internal override Demo Start(Dictionary<string, string> settings) =>
        new("dotnet", [Path.Combine(Demo.Folder, "csharp", "bin", Build, "net10.0", "Swarms.Hub.Demo.dll")], settings);
}
