namespace Swarms.Hub.Runs;

/// <summary>The sums of one day's runs in all rooms.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Tokens">The tokens, known or held.</param>
/// <param name="Cost">The cost, known or held.</param>
internal sealed record DaySpending(DateOnly Day, long Tokens, decimal Cost);
