using Swarms.Hub.Client.Tests.EndToEnd;
using Swarms.Hub.Client.Tests.EndToEnd.Demos;

namespace Swarms.Hub.Packages;

/// <summary>A program that is compiled ahead of time: without a compiler at run time, without reflection, and trimmed.</summary>
public sealed class NativeProgramTests(StartedHub started, PackageFeed feed) : ConsoleProgram(started, feed)
{
    protected override string Name => "native";

    // Warnings of its analysis fail the build as any others do. The symbols would be most of the time.
    protected override string Properties =>
        "<TargetFramework>net10.0</TargetFramework><PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn>"
        + "<StripSymbols>false</StripSymbols><CppCompilerAndLinker>gcc</CppCompilerAndLinker>";

    protected override string[] Command =>
        ["publish", "--configuration", "Release", "--use-current-runtime", "--output", "out"];

    internal override Demo Start(Dictionary<string, string> settings) => new(Path.Combine(Folder, "out", "native"), [], settings);

    [Fact]
    public void Program_Is_Machine_Code_And_Brings_No_Assembly() =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Folder, "out"), "*.dll"));
}
