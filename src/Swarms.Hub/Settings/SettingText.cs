using System.Globalization;

namespace Swarms.Hub.Settings;

/// <summary>
/// Sizes and times as the README writes them: <c>16 MiB</c>, <c>2 min</c>. A plain number is a size in bytes; a time needs its unit.
/// </summary>
internal static class SettingText
{
    // Largest first: a value is written in the largest unit that it is a multiple of.
    private static readonly (string Name, long Bytes)[] Sizes =
        [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    private static readonly (string Name, long Ticks)[] Times =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("min", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    public static bool TryReadBytes(string text, out long bytes) =>
        TryReadNumber(text, out bytes) || TryRead(text, Sizes, out bytes);

    /// <summary>Also takes .NET's form with both colons, <c>00:02:00</c>. With one colon it could be minutes or hours.</summary>
    public static bool TryReadTime(string text, out TimeSpan time)
    {
        if (TryRead(text, Times, out var ticks) || text.Trim() == "0")
        {
            time = new TimeSpan(ticks);
            return true;
        }

        time = default;
        return text.Count(unit => unit == ':') == 2 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
    }

    public static bool TryReadNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out number);

    public static string Bytes(long bytes) => Write(bytes, Sizes);

    public static string Time(TimeSpan time) => time == TimeSpan.Zero ? "0" : Write(time.Ticks, Times);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static bool TryRead(string text, (string Name, long Size)[] units, out long value)
    {
        text = text.Trim();
        var (name, size) = units.Where(unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(unit => unit.Name.Length).FirstOrDefault();
        value = 0;
        if (name is null
            || !decimal.TryParse(text[..^name.Length].TrimEnd(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var count)
            || Math.Abs(count) > long.MaxValue / size
            || decimal.Truncate(count * size) != count * size)
        {
            return false;
        }

        value = (long)(count * size);
        return true;
    }

    private static string Write(long value, (string Name, long Size)[] units)
    {
        var (name, size) = units.FirstOrDefault(unit => value != 0 && value % unit.Size == 0, units[^1]);
        return $"{Number(value / size)} {name}";
    }
}
