using System.Runtime.InteropServices;

namespace Swarms.Hub.Cli;

/// <summary>
/// Turns Ctrl+C, SIGTERM and a closed terminal into an <see cref="Interruption"/>. A command then has <see cref="Patience"/> to end,
/// because --cancel-on-exit calls the hub on the way out. Another Ctrl+C ends the process at once.
/// </summary>
internal sealed class ExitSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The same signal may come twice for one cause: by the kernel and the shell, or to the process and its group.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(500);

    private readonly Interruption _interruption;
    private readonly ITimer _force;
    private readonly PosixSignalRegistration[] _registrations;
    private long _requested;

    public ExitSignals(Interruption interruption)
    {
        _interruption = interruption;
        _force = TimeProvider.System.CreateTimer(
            _ => Environment.Exit(interruption.Code), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Take(signal, ExitCodes.HungUp)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Take(signal, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Take(signal, ExitCodes.Terminated)),
        ];
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();

        _force.Dispose();
    }

    private void Take(PosixSignalContext signal, int code)
    {
        var first = Interlocked.CompareExchange(ref _requested, TimeProvider.System.GetTimestamp(), 0);
        signal.Cancel = first == 0 || code != ExitCodes.Interrupted || TimeProvider.System.GetElapsedTime(first) < Echo;
        if (first != 0)
            return;

        // The request's callbacks may never return, so the timer starts before it.
        _force.Change(Patience, Timeout.InfiniteTimeSpan);
        _interruption.Request(code);
    }
}
