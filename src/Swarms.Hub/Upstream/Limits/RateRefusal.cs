using System.Globalization;
using System.Net.Http.Headers;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>A refusal after which the same call may succeed later. The upstream has certainly not begun to work for it.</summary>
/// <param name="Reason">One of <see cref="RunWaitReasons"/>.</param>
/// <param name="After">The time that the upstream states; null without one.</param>
internal readonly record struct RateRefusal(string Reason, TimeSpan? After)
{
    // An account without credit stays so, although the status is that of a limit.
    private static ReadOnlySpan<byte> NoCredit => "insufficient_quota"u8;

    /// <summary>Reads a refusal; null if waiting would not help.</summary>
    public static RateRefusal? Find(UpstreamException exception, DateTimeOffset now)
    {
        if (exception is not { MayHaveBegun: false, Refusal: { } refusal })
            return null;

        var after = ReadAfter(refusal.Headers, now);
        return refusal.Status switch
        {
            429 when refusal.Body.Span.IndexOf(NoCredit) < 0 => new RateRefusal(RunWaitReasons.RateLimit, after),
            503 when after is not null => new RateRefusal(RunWaitReasons.Unavailable, after),
            _ => null,
        };
    }

    private static TimeSpan? ReadAfter(IReadOnlyList<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        var text = headers.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue / 2;

        return RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date
            ? TimeSpan.FromTicks(Math.Max(0, (date - now).Ticks))
            : null;
    }
}
