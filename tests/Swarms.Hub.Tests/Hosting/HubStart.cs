namespace Swarms.Hub.Hosting;

/// <summary>A start of the hub as an operator makes it, in a process of its own, that is expected to fail.</summary>
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
        Assert.True(ExitCode == 1, $"Exit code {ExitCode}: {Errors}{Output}");
        var line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^\p{Lu}.{20,}\S$", line.TrimEnd('\r'));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Errors + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Errors + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is ready", Output, StringComparison.Ordinal);
    }
}
