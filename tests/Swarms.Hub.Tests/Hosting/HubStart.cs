using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

/// <summary>
/// A start of the program in its own process, as an operator starts it: a hub that is expected to fail, or a command.
/// </summary>
internal sealed record HubStart(int ExitCode, string Output, string Errors)
{
    // The folder is not that of the build, because the hub may be started from anywhere.
    public static Task<HubStart> TryAsync(string folder, params string[] arguments) => TryAsync(folder, arguments, launcher: null);

    /// <summary>Does the same through another program, for instance as another user.</summary>
    public static async Task<HubStart> TryAsync(string folder, IEnumerable<string> arguments, IReadOnlyList<string>? launcher)
    {
        await using var running = new RunningStart(folder, [.. launcher ?? [], "dotnet", HubProcess.Program, .. arguments]);
        return await running.EndAsync();
    }

    /// <summary>Begins a start and does not wait for it.</summary>
    public static RunningStart Begin(string folder, params string[] arguments) =>
        new(folder, ["dotnet", HubProcess.Program, .. arguments]);

    /// <summary>Requires exit code 1 and one line for the operator, without the hub's internals.</summary>
    public void IsRefusedWith(params string[] parts)
    {
        Ended(1);
        var line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // The sentence may begin with the path of a file.
        Assert.Matches(@"^[\p{Lu}/].{20,}\S$", line.TrimEnd('\r'));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    /// <summary>Requires exit code 0 and exactly these lines, each a pattern.</summary>
    public void Printed(params string[] patterns) => PrintedAndEnded(0, patterns);

    /// <summary>Requires the exit code and exactly these lines, each a pattern.</summary>
    public void PrintedAndEnded(int exitCode, params string[] patterns)
    {
        Ended(exitCode);
        Assert.Empty(Errors);
        var lines = Output.TrimEnd().Split('\n');
        Assert.True(lines.Length == patterns.Length, Output);
        Assert.All(lines.Zip(patterns), pair => Assert.Matches($"^{pair.Second}$", pair.First.TrimEnd('\r')));
    }

    /// <summary>Requires the exit code, no internals in the output, and no hub.</summary>
    public void Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode}: {Errors}{Output}");
        Assert.DoesNotContain("   at ", Errors + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Errors + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is ready", Output, StringComparison.Ordinal);
    }
}
