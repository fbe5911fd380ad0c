using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Reads tokens and cost in every form that the Swarms API has had. Tokens that are not integers and a cost that is not a decimal count
/// as not stated.
/// </summary>
internal static class UsageFigures
{
    // Not every program reads larger numbers exactly: JavaScript rounds them.
    private const long MaxInteger = 9_007_199_254_740_991;

    public static Usage Read(JsonElement usage)
    {
        var input = Integer(usage, "input_tokens");
        var output = Integer(usage, "output_tokens");
        return new(
            input,
            output,
            Integer(usage, "total_tokens") ?? Integer(usage, "tokens_used") ?? Sum(input, output),
            Decimal(usage, "total_cost") ?? Decimal(usage.Find("billing_info"), "total_cost") ?? Decimal(usage, "cost")
                ?? Decimal(usage, "token_cost"));
    }

    private static long? Sum(long? input, long? output) =>
        input is >= 0 and { } one && output is >= 0 and { } other && MaxInteger - one >= other ? one + other : null;

    private static long? Integer(JsonElement usage, string name) =>
        usage.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var integer)
        && integer is >= -MaxInteger and <= MaxInteger
            ? integer
            : null;

    private static decimal? Decimal(JsonElement? usage, string name) =>
        usage?.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;
}
