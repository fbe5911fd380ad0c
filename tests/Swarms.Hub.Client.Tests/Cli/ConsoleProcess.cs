using System.Diagnostics;
using System.Globalization;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The console as a process of its own, on pipes that the test holds.</summary>
internal sealed class ConsoleProcess : IAsyncDisposable
{
    private readonly Process _process;

    /// <param name="user">The owner of its settings.</param>
    /// <param name="launcher">The beginning of a command line that starts it.</param>
    /// <param name="arguments">Its own arguments.</param>
    public ConsoleProcess(ConsoleUser user, string[] launcher, params string[] arguments)
    {
        string[] command = [.. launcher, "dotnet", Program, .. arguments];
        _process = new Process { StartInfo = StartInfo(command, user) };
        _process.Start();
        _process.StandardInput.Close();
    }

    public ConsoleProcess(ConsoleUser user, params string[] arguments)
        : this(user, [], arguments)
    {
    }

    /// <summary>The folder of its sources.</summary>
    public static string Folder { get; } = Path.GetFullPath("../Swarms.Hub.Cli", HubProcess.Folder);

    /// <summary>Its own build. The copy beside the tests lacks files that the tests have from ASP.NET Core's framework.</summary>
    public static string Program { get; } =
        Path.GetFullPath(Path.Combine(Path.GetRelativePath(HubProcess.Folder, HubProcess.Assembly), "../swarms-hub.dll"), Folder);

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Error => _process.StandardError;

    /// <summary>A start with the user's settings, and nothing of the developer's own.</summary>
    public static ProcessStartInfo StartInfo(IReadOnlyList<string> command, ConsoleUser user)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SWARMS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        start.Environment["XDG_CONFIG_HOME"] = user.ConfigurationFolder;
        foreach (var (name, value) in user.Environment)
            start.Environment[name] = value;

        return start;
    }

    public Task<string?> ReadLineAsync() => Output.ReadLineAsync().InTime();

    /// <summary>The first piece of what it prints, of that length.</summary>
    public async Task<string> ReadAsync(int length)
    {
        var buffer = new char[length];
        return new string(buffer, 0, await Output.ReadBlockAsync(buffer.AsMemory()).InTime());
    }

    public async Task SignalAsync(string signal)
    {
        string[] arguments = [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)];
        using var kill = Process.Start(new ProcessStartInfo("kill", arguments) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync().InTime();
    }

    /// <summary>Waits for its end, reading nothing; gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().InTime();
        return _process.ExitCode;
    }

    /// <summary>Reads on to its end.</summary>
    public async Task<ConsoleResult> EndAsync()
    {
        var (output, error) = (Output.ReadToEndAsync(), Error.ReadToEndAsync());
        return new ConsoleResult(await ExitAsync(), await output.InTime(), await error.InTime());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync().InTime();
        _process.Dispose();
    }
}
