using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The console as a process on a terminal of its own, whose screen the test sees.</summary>
internal sealed class TerminalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TerminalScreen _screen;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new();

    public TerminalProcess(ConsoleUser user, int width, int height, params string[] arguments)
    {
        _screen = new TerminalScreen(width, height);
        string[] command =
        [
            "python3", Path.Combine(AppContext.BaseDirectory, "Cli", "Terminals", "terminal.py"), Number(width), Number(height),
            "dotnet", ConsoleProcess.Program, .. arguments,
        ];
        var start = ConsoleProcess.StartInfo(command, user);
        start.RedirectStandardError = false;
        if (!user.Environment.ContainsKey("TERM"))
            start.Environment["TERM"] = "xterm-256color";

        // Spectre takes these for the absence of a terminal.
        start.Environment.Remove("CI");
        start.Environment.Remove("NO_COLOR");
        _process = new Process { StartInfo = start };
        _process.Start();
        _reading = ReadAsync();
    }

    /// <summary>Why it cannot run here; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>The screen's lines at the first moment at which this holds for them.</summary>
    public async Task<IReadOnlyList<string>> ShowsAsync(Func<IReadOnlyList<string>, bool> isIt)
    {
        while (true)
        {
            Task changed;
            IReadOnlyList<string> lines;
            lock (_lock)
                (lines, changed) = (_screen.Lines, _changed.Task);

            if (isIt(lines))
                return lines;

            if (_reading.IsCompleted)
                throw new InvalidOperationException($"The program ended. Its screen:\n{string.Join('\n', lines)}");

            try
            {
                await Task.WhenAny(changed, _reading).InTime();
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"The screen never showed that. It is:\n{string.Join('\n', lines)}");
            }
        }
    }

    /// <summary>Whether the program has the terminal's second screen.</summary>
    public bool IsAlternate
    {
        get
        {
            lock (_lock)
                return _screen.IsAlternate;
        }
    }

    public bool IsCursorVisible
    {
        get
        {
            lock (_lock)
                return _screen.IsCursorVisible;
        }
    }

    public Task ResizeAsync(int width, int height)
    {
        lock (_lock)
            _screen.Resize(width, height);

        return OrderAsync($"resize {Number(width)} {Number(height)}");
    }

    public Task TypeAsync(string keys) => OrderAsync($"type {Convert.ToHexString(Encoding.UTF8.GetBytes(keys))}");

    /// <summary>Closes the terminal, as its window's button does.</summary>
    public Task HangUpAsync() => OrderAsync("hangup");

    /// <summary>The program's exit code and its last screen.</summary>
    public async Task<(int Code, IReadOnlyList<string> Lines)> EndAsync()
    {
        await _reading.InTime();
        await _process.WaitForExitAsync().InTime();
        return (_process.ExitCode, _screen.Lines);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync().InTime();
        await _reading.InTime();
        _process.Dispose();
    }

    private async Task OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer.AsMemory()) is > 0 and var length)
        {
            lock (_lock)
            {
                _screen.Write(buffer.AsSpan(0, length));
                _changed.TrySetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private static string? FindMissing()
    {
        if (OperatingSystem.IsWindows())
            return "Windows has no pseudo-terminals of this kind.";

        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import pty"]) { RedirectStandardError = true })!;
            python.WaitForExit();
            return python.ExitCode == 0 ? null : "python3 has no pty module here.";
        }
        catch (Win32Exception)
        {
            return "python3 is not installed.";
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
