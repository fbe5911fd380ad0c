namespace Swarms.Hub.Cli;

/// <summary>Asks the running command to end. The first request decides the exit code. Thread-safe.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _code;

    public CancellationToken Token => _source.Token;

    public bool IsRequested => Code != 0;

    /// <summary>One of <see cref="ExitCodes"/>; 0 while the command may go on.</summary>
    public int Code => Volatile.Read(ref _code);

    public void Request(int code)
    {
        if (Interlocked.CompareExchange(ref _code, code, 0) == 0)
            _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
