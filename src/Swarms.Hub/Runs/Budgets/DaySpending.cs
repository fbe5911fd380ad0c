namespace Swarms.Hub.Runs;

/// <summary>What the runs of all rooms spent on one day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Tokens">The tokens, known or held.</param>
/// <param name="Cost">The cost, known or held.</param>
internal sealed record DaySpending(DateOnly Day, long Tokens, decimal Cost);
