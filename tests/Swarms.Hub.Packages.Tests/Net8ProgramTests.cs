using Swarms.Hub.Client.Tests.EndToEnd;
using Swarms.Hub.Client.Tests.EndToEnd.Demos;

namespace Swarms.Hub.Packages;

/// <summary>
/// A program for .NET 8 that has the client from the feed, and so the libraries for that framework. It runs on the runtime that is here.
/// </summary>
public sealed class Net8ProgramTests(StartedHub started, PackageFeed feed) : ConsoleProgram(started, feed)
{
    protected override string Name => "net8";

    protected override string Properties =>
        "<TargetFramework>net8.0</TargetFramework><RollForward>Major</RollForward><UseAppHost>false</UseAppHost>";

    protected override string[] Command => ["build", "--configuration", "Release", "--output", "out"];

    internal override Demo Start(Dictionary<string, string> settings) =>
        new("dotnet", [Path.Combine(Folder, "out", "net8.dll")], settings);
}
