using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Attendance;

/// <summary>
/// Writes attendance as CSV (RFC 4180), one line for each time. No text of a person is read as a formula by a spreadsheet.
/// </summary>
internal static class AttendanceCsv
{
    public static string Write(RoomAttendance attendance)
    {
        var csv = new StringBuilder().Append(CsvText.ByteOrderMark).Append("name,role,from,until,seconds,member\r\n");
        foreach (var member in attendance.Members)
        {
            foreach (var (from, until) in member.Times)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{CsvText.Quote(member.Name)},{member.Role},{Time(from)},{Time(until)},")
                    .Append(CultureInfo.InvariantCulture, $"{(long)(until - from).TotalSeconds},{member.Id}\r\n");
            }
        }

        return csv.ToString();
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
