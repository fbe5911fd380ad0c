using System.Globalization;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Amounts of money as the wire has them: exact decimals as text, without an exponent and without zeros at the end. Sums that are too
/// large stay at the largest one.
/// </summary>
internal static class Amounts
{
    /// <summary>The number of decimals that a limit may have.</summary>
    public const int MaxDecimals = 10;

    /// <summary>The largest number that every program reads exactly, also JavaScript.</summary>
    public const long MaxCount = 9_007_199_254_740_991;

    /// <summary>The largest limit.</summary>
    public const decimal Max = 1_000_000_000_000;

    /// <summary>Returns the amount of a text that the hub wrote; null for null and for any other text.</summary>
    public static decimal? Read(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    /// <summary>Returns the text; null for null.</summary>
    public static string? Write(decimal? amount) => amount is { } value ? Write(value) : null;

    /// <summary>Returns the text.</summary>
    public static string Write(decimal amount)
    {
        var text = amount.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>True for an amount that a limit may have.</summary>
    public static bool IsLimit(decimal amount) =>
        amount is >= 0 and <= Max && decimal.Round(amount, MaxDecimals) == amount;

    /// <summary>Returns the sum of two amounts that are not below zero.</summary>
    public static decimal Add(decimal one, decimal other) => one > decimal.MaxValue - other ? decimal.MaxValue : one + other;

    /// <summary>Returns the sum of two numbers that are not below zero.</summary>
    public static long Add(long one, long other) => one > MaxCount - other ? MaxCount : one + other;

    /// <summary>Returns the sum with an amount that may be unknown; null if both are.</summary>
    public static decimal? Add(decimal? one, decimal? other) => one is { } known && other is { } more ? Add(known, more) : one ?? other;
}
