using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Operations;

public sealed class RecentProblemsTests
{
    [Fact]
    public void Warnings_And_Errors_Are_Kept_Newest_First_Without_Their_Exceptions()
    {
        var time = new FakeTimeProvider();
        var problems = new RecentProblems(time);
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(problems).SetMinimumLevel(LogLevel.Trace));
        var logger = factory.CreateLogger("Hub");

        Write(logger, LogLevel.Information, "Nothing happened.");
        Write(logger, LogLevel.Warning, "The disk has 7 bytes left.");
        Write(logger, LogLevel.Error, "The answer failed.", new InvalidOperationException("/secret/path"));

        Assert.Equal(
            [
                new OverviewProblem(time.GetUtcNow(), "error", "Hub", "The answer failed."),
                new OverviewProblem(time.GetUtcNow(), "warning", "Hub", "The disk has 7 bytes left."),
            ],
            problems.List());
    }

    [Fact]
    public void Only_The_Newest_Fifty_Are_Kept()
    {
        var problems = new RecentProblems(TimeProvider.System);
        var logger = problems.CreateLogger("Hub");
        for (var i = 1; i <= 60; i++)
            Write(logger, LogLevel.Warning, $"Problem {i}");

        Assert.Equal(50, problems.List().Count);
        Assert.Equal(("Problem 60", "Problem 11"), (problems.List()[0].Message, problems.List()[^1].Message));
    }

    private static void Write(ILogger logger, LogLevel level, string message, Exception? exception = null) =>
        logger.Log(level, default, message, exception, static (text, failure) => failure is null ? text : $"{text} {failure}");
}
