using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Support;

/// <summary>Records warnings and errors, which a test must expect.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = [];
    private LogLevel _expected = LogLevel.Information;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Expect(LogLevel level) => _expected = level;

    public void Verify()
    {
        var unexpected = string.Join('\n', _lines.Where(line => line.Level > _expected).Select(line => $"{line.Level} {line.Text}"));
        if (unexpected.Length > 0)
            Assert.Fail($"The hub logged what the test did not expect:\n{unexpected}");
    }

    public void Dispose()
    {
    }

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Kestrel warns of a slow heartbeat where the machine is busy, whatever the hub does.
            if (IsEnabled(logLevel) && eventId.Name != "HeartbeatSlow")
                recorder._lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
        }
    }
}
