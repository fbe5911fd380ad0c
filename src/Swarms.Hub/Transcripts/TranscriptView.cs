using System.Globalization;
using System.Security;
using System.Text.RegularExpressions;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>The view of a transcript's reader: the zone of its times, and whether costs are shown.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="ShowsCosts">False where the room shows costs only to other roles.</param>
internal sealed partial record TranscriptView(TimeZoneInfo Zone, bool ShowsCosts)
{
    private const string Sentence = "zone must be the IANA name of a time zone, such as Europe/Berlin, or UTC.";

    /// <summary>Returns the zone with this IANA name; UTC for none. Refuses others with <c>invalid</c>.</summary>
    public static TimeZoneInfo FindZone(string? name)
    {
        if (name is null || name == TimeZoneInfo.Utc.Id)
            return TimeZoneInfo.Utc;

        // A name is looked up as a file, so it is no path.
        if (name.Length > 64 || !ZonePattern().IsMatch(name))
            throw new HubErrorException(ErrorCodes.Invalid, Sentence);

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException)
        {
            throw new HubErrorException(ErrorCodes.Invalid, Sentence);
        }
    }

    /// <summary>The name of the zone, where it is not UTC, whose times name it themselves.</summary>
    public string? ZoneName => Zone == TimeZoneInfo.Utc ? null : Zone.Id;

    /// <summary>Returns the time to the second, with its offset.</summary>
    public string Time(DateTimeOffset time) => Zone == TimeZoneInfo.Utc
        ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>Returns the time to the millisecond, as ISO 8601 has it.</summary>
    public string IsoTime(DateTimeOffset time) => Zone == TimeZoneInfo.Utc
        ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*){0,2}$")]
    private static partial Regex ZonePattern();
}
