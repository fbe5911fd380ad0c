using System.Diagnostics;
using System.Globalization;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

/// <summary>A running start of the hub in its own process. Disposing it kills the process.</summary>
internal sealed class RunningStart : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public RunningStart(string folder, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SWARMS_API_KEY");
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _output = ReadAsync();
    }

    /// <summary>Returns when the hub prints that it is ready; fails if it ends before.</summary>
    public Task ReadyAsync() => _ready.Task.InTime();

    /// <summary>Waits for its end and returns the outcome.</summary>
    public async Task<HubStart> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
        return new HubStart(_process.ExitCode, await _output.InTime(), await _errors.InTime());
    }

    /// <summary>Stops the hub as a service manager does: SIGTERM, and wait.</summary>
    public async Task<HubStart> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Contains("is ready", StringComparison.Ordinal))
                _ready.TrySetResult();
        }

        var output = string.Join('\n', lines);
        if (!_ready.Task.IsCompleted)
            _ready.TrySetException(new InvalidOperationException($"It ended: {output}\n{await _errors}"));

        _ = _ready.Task.Exception;
        return output;
    }
}
