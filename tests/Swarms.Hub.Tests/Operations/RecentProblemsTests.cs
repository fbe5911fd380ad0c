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

        logger.LogInformation("Nothing happened.");
        logger.LogWarning("The disk has {Free} bytes left.", 7);
        logger.LogError(new InvalidOperationException("/secret/path"), "The answer failed.");

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
            logger.LogWarning("Problem {Number}", i);

        Assert.Equal(50, problems.List().Count);
        Assert.Equal(("Problem 60", "Problem 11"), (problems.List()[0].Message, problems.List()[^1].Message));
    }
}
