namespace Swarms.Hub.Hosting;

/// <summary>A start of the program as an operator makes it, in a process of its own: of a hub, which is expected to fail, or of a command.</summary>
internal sealed record HubStart(int ExitCode, string Output, string Errors)
{
    // Not the folder of the build: the hub may be started from anywhere.
    public static Task<HubStart> TryAsync(string folder, params string[] arguments) => TryAsync(folder, arguments, launcher: null);

    /// <summary>The same by another program, as another user for instance.</summary>
    public static async Task<HubStart> TryAsync(string folder, IEnumerable<string> arguments, IReadOnlyList<string>? launcher)
    {
        await using var running = new RunningStart(folder, [.. launcher ?? [], "dotnet", typeof(Program).Assembly.Location, .. arguments]);
        return await running.EndAsync();
    }

    /// <summary>A start that is still going on.</summary>
    public static RunningStart Begin(string folder, params string[] arguments) =>
        new(folder, ["dotnet", typeof(Program).Assembly.Location, .. arguments]);

    /// <summary>Exit code 1, that one line for the operator, and nothing of the hub's inside.</summary>
    public void IsRefusedWith(params string[] parts)
    {
        Ended(1);
        var line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // A sentence, which may begin with the path of a file.
        Assert.Matches(@"^[\p{Lu}/].{20,}\S$", line.TrimEnd('\r'));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    /// <summary>Exit code 0, and exactly those lines, of which each is a pattern.</summary>
    public void Printed(params string[] patterns) => PrintedAndEnded(0, patterns);

    /// <summary>That exit code, and exactly those lines, of which each is a pattern.</summary>
    public void PrintedAndEnded(int exitCode, params string[] patterns)
    {
        Ended(exitCode);
        Assert.Empty(Errors);
        var lines = Output.TrimEnd().Split('\n');
        Assert.True(lines.Length == patterns.Length, Output);
        Assert.All(lines.Zip(patterns), pair => Assert.Matches($"^{pair.Second}$", pair.First.TrimEnd('\r')));
    }

    /// <summary>That exit code, nothing of the program's inside, and no hub.</summary>
    public void Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode}: {Errors}{Output}");
        Assert.DoesNotContain("   at ", Errors + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Errors + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is ready", Output, StringComparison.Ordinal);
    }
}
