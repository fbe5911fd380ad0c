using System.Diagnostics;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

/// <summary>A start of the hub as an operator makes it, in a process of its own, that is expected to fail.</summary>
internal sealed record HubStart(int ExitCode, string Output, string Errors)
{
    // Not the folder of the build: the hub may be started from anywhere.
    public static Task<HubStart> TryAsync(string folder, params string[] arguments) => TryAsync(folder, arguments, launcher: null);

    /// <summary>The same by another program, as another user for instance.</summary>
    public static async Task<HubStart> TryAsync(string folder, IEnumerable<string> arguments, IReadOnlyList<string>? launcher)
    {
        string[] command = [.. launcher ?? [], "dotnet", typeof(Program).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SWARMS_API_KEY");
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
            return new HubStart(process.ExitCode, await output.InTime(), await errors.InTime());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

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
