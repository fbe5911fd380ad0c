using Swarms.Hub.Client.Tests.EndToEnd;
using Swarms.Hub.Client.Tests.EndToEnd.Demos;

namespace Swarms.Hub.Packages;

/// <summary>A program for .NET 10 that has the client from the feed.</summary>
public sealed class Net10ProgramTests(StartedHub started, PackageFeed feed) : ConsoleProgram(started, feed)
{
    protected override string Name => "net10";

    protected override string Properties => "<TargetFramework>net10.0</TargetFramework>";

    protected override string[] Command => ["build", "--configuration", "Release", "--output", "out"];

    internal override Demo Start(Dictionary<string, string> settings) =>
        new("dotnet", [Path.Combine(Folder, "out", "net10.dll")], settings);
}
