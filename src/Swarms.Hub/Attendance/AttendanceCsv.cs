using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Attendance;

/// <summary>
/// Writes attendance as CSV (RFC 4180), one line for each time. No text of a person is read as a formula by a spreadsheet.
/// </summary>
internal static class AttendanceCsv
{
    // Spreadsheets read UTF-8 if the file begins with this mark.
    private const char ByteOrderMark = '\uFEFF';

    public static string Write(RoomAttendance attendance)
    {
        var csv = new StringBuilder().Append(ByteOrderMark).Append("name,role,from,until,seconds,member\r\n");
        foreach (var member in attendance.Members)
        {
            foreach (var (from, until) in member.Times)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{Quote(member.Name)},{member.Role},{Time(from)},{Time(until)},")
                    .Append(CultureInfo.InvariantCulture, $"{(long)(until - from).TotalSeconds},{member.Id}\r\n");
            }
        }

        return csv.ToString();
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // A text that begins like a formula is one, quotes or not. Spreadsheets show an apostrophe before it as the mark of a text.
    private static string Quote(string text)
    {
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';
        return $"\"{(isFormula ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
