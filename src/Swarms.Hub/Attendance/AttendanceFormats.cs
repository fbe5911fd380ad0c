namespace Swarms.Hub.Attendance;

/// <summary>The formats of the list of attendance.</summary>
internal static class AttendanceFormats
{
    public const string Json = "json";
    public const string Csv = "csv";
}
