using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Swarms.Hub.Client.Tests.EndToEnd;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The console as its users get it: packed, installed from a folder, and run by its name against a started hub.</summary>
public sealed class ToolPackageTests(StartedHub started) : IClassFixture<StartedHub>, IDisposable
{
    private readonly ConsoleUser _user = new();

    private string Packages => Path.Combine(_user.ConfigurationFolder, "packages");

    private string Tools => Path.Combine(_user.ConfigurationFolder, "tools");

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task Installed_Tool_Creates_A_Room_And_Runs()
    {
        await PackAsync();
        await RunAsync("dotnet", "tool", "install", "Swarms.Hub.Cli", "--tool-path", Tools, "--source", Packages);

        var help = await RunAsync(Tool, "--help");
        var created = await RunAsync(Tool, "create", "Biology", "--name", "Ada", "--show-token", "--hub", started.Hub.Address.ToString());
        var run = await RunAsync(Tool, "run", "Explain leaves", "--agent", "Teacher");

        Assert.Contains("swarms-hub [command] [options]", help.Output, StringComparison.Ordinal);
        Assert.StartsWith("shr_", created.Field("token"), StringComparison.Ordinal);
        Assert.Contains("Asked: “Explain leaves”", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("verified: this is the text that everybody saw\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_Is_One_File_That_Needs_No_Other()
    {
        await PackAsync();

        using var package = await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(Packages)), TestContext.Current.CancellationToken);
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        var nuspec = package.GetEntry("Swarms.Hub.Cli.nuspec")!;
        using var reader = new StreamReader(await nuspec.OpenAsync(TestContext.Current.CancellationToken));
        var description = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains("README.md", files);
        string[] own = ["swarms-hub", "Swarms.Hub.Client", "Swarms.Hub.Protocol"];
        Assert.All(own, name => Assert.Contains($"tools/net10.0/any/{name}.dll", files));
        Assert.Contains("<license type=\"expression\">MIT</license>", description, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", description, StringComparison.Ordinal);
        Assert.Contains("<packageType name=\"DotnetTool\" />", description, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", description, StringComparison.Ordinal);
    }

    private string Tool => Path.Combine(Tools, OperatingSystem.IsWindows() ? "swarms-hub.exe" : "swarms-hub");

    /// <summary>The configuration that the tests were built in, which is there: others may be building at the same time.</summary>
    private async Task PackAsync()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(ConsoleProcess.Program)))!;
        await RunAsync("dotnet", "pack", ConsoleProcess.Folder, "--no-build", "--configuration", configuration, "--output", Packages);
    }

    private async Task<ConsoleResult> RunAsync(params string[] command)
    {
        var start = ConsoleProcess.StartInfo(command, _user);
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A package of this name and version may be known from before.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_user.ConfigurationFolder, "unpacked");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().InTime();
        var result = new ConsoleResult(process.ExitCode, await output.InTime(), await error.InTime());
        Assert.True(result.Code == 0, $"{string.Join(' ', command)} ended with {result.Code}:\n{result.Output}\n{result.Error}");
        return result;
    }
}
