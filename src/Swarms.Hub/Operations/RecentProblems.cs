using Swarms.Hub.Protocol;

namespace Swarms.Hub.Operations;

/// <summary>
/// The newest warnings and errors of the hub's log. Safe from any thread. Messages only: an exception's text may hold a path, and stays in
/// the log.
/// </summary>
internal sealed class RecentProblems(TimeProvider time) : ILoggerProvider
{
    private const int MaxProblems = 50;

    private readonly Lock _lock = new();
    private readonly LinkedList<OverviewProblem> _problems = [];

    /// <summary>Returns them, newest first.</summary>
    public IReadOnlyList<OverviewProblem> List()
    {
        lock (_lock)
            return [.. _problems];
    }

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public void Dispose()
    {
        // Nothing is open.
    }

    private void Add(OverviewProblem problem)
    {
        lock (_lock)
        {
            _problems.AddFirst(problem);
            if (_problems.Count > MaxProblems)
                _problems.RemoveLast();
        }
    }

    private sealed class Listener(RecentProblems problems, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                problems.Add(new(problems.Now, Word(logLevel), category, formatter(state, null)));
        }

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            _ => "critical",
        };
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
