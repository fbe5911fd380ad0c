using Microsoft.Extensions.AI;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// Puts an answer's figures together. Upstreams state running totals, some of them several times, so the largest of each counts and
/// nothing is added up.
/// </summary>
internal static class Figures
{
    // Not every program reads larger numbers exactly: JavaScript rounds them.
    private const long MaxInteger = 9_007_199_254_740_991;

    public static Usage Of(UsageDetails details) =>
        new(Valid(details.InputTokenCount), Valid(details.OutputTokenCount), Valid(details.TotalTokenCount), null);

    public static Usage Larger(Usage? one, Usage other) => one is null ? other : new(
        Max(one.InputTokens, other.InputTokens), Max(one.OutputTokens, other.OutputTokens), Max(one.TotalTokens, other.TotalTokens),
        one.Cost is { } cost && other.Cost is { } more ? Math.Max(cost, more) : one.Cost ?? other.Cost);

    /// <summary>Returns the figures with their sum, where the upstream states none, or a smaller one.</summary>
    public static Usage WithTotal(Usage usage) => usage is { InputTokens: { } input, OutputTokens: { } output }
        ? usage with { TotalTokens = Max(usage.TotalTokens, Valid(input + output)) }
        : usage;

    private static long? Max(long? one, long? other) => one is { } figure && other is { } more ? Math.Max(figure, more) : one ?? other;

    private static long? Valid(long? figure) => figure is >= 0 and <= MaxInteger ? figure : null;
}
