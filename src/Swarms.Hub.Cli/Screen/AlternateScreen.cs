using System.Runtime.InteropServices;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Swarms.Hub.Cli;

/// <summary>
/// The terminal's second screen, without a cursor. The first one comes back on <see cref="Dispose"/>, and while Ctrl+Z suspends the
/// program. Thread-safe: signals come on threads of their own.
/// </summary>
internal sealed class AlternateScreen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Leave = "\e[?25h\e[?1049l";

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly PosixSignalRegistration? _continued;
    private PosixSignalRegistration? _suspended;
    private bool _isLeft;
    private bool _isStale;

    public AlternateScreen(IAnsiConsole console)
    {
        _console = console;
        Control(Enter);
        _suspended = Register(Suspend);
        _continued = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Volatile.Write(ref _isStale, true));
    }

    /// <summary>The picture may have been drawn over: <see cref="Show"/> it again.</summary>
    public bool IsStale => Volatile.Read(ref _isStale);

    public void Show(IRenderable picture)
    {
        lock (_lock)
        {
            if (_isLeft)
                Resume_NeedsLock();

            _isStale = false;
            _console.Write(new ScreenFrame(picture));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _suspended?.Dispose();
            _continued?.Dispose();
            if (!_isLeft)
                Control(Leave);
        }
    }

    /// <summary>
    /// Suspends the program by the signal's default action, which .NET leaves out once the signal has a handler. The system does nothing
    /// where no shell could resume the program. So the next <see cref="Show"/> resumes, without waiting for another signal.
    /// </summary>
    private void Suspend(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lock (_lock)
        {
            if (_isLeft)
                return;

            Control(Leave);
            (_isLeft, _isStale) = (true, true);
            _suspended?.Dispose();
            _ = Kill(Environment.ProcessId, OperatingSystem.IsLinux() ? 20 : 18);
        }
    }

    private void Resume_NeedsLock()
    {
        Control(Enter);
        _suspended = Register(Suspend);
        _isLeft = false;
    }

    private static PosixSignalRegistration? Register(Action<PosixSignalContext> suspend) =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGTSTP, suspend);

    private void Control(string sequence) => _console.Write(new ControlCode(sequence));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
