using Swarms.Hub.Protocol;

namespace Swarms.Hub.Attendance;

public sealed class AttendanceCsvTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Ada", "\"Ada\"")]
    [InlineData("Ada, Countess", "\"Ada, Countess\"")]
    [InlineData("Ada \"Augusta\"", "\"Ada \"\"Augusta\"\"\"")]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("＝1+1", "\"'＝1+1\"")]
    [InlineData("Zoë 学生", "\"Zoë 学生\"")]
    public void Name_Is_Quoted_And_Never_A_Formula(string name, string field)
    {
        var lines = AttendanceCsv.Write(Of(name, new AttendanceTime(Noon, Noon.AddSeconds(90.5)))).Split("\r\n");

        Assert.Equal("\uFEFFname,role,from,until,seconds,member", lines[0]);
        Assert.Equal($"{field},viewer,2026-01-01T12:00:00.000Z,2026-01-01T12:01:30.500Z,90,m1", lines[1]);
        Assert.Equal(["", ""], [lines[2], string.Concat(lines[3..])]);
    }

    [Fact]
    public void Each_Time_Is_A_Line()
    {
        var times = new[] { new AttendanceTime(Noon, Noon.AddHours(1)), new AttendanceTime(Noon.AddHours(2), Noon.AddHours(3)) };
        Assert.Equal(4, AttendanceCsv.Write(Of("Ada", times)).Split("\r\n").Length);
    }

    private static RoomAttendance Of(string name, params AttendanceTime[] times) => new()
    {
        IsWhole = true,
        Members = [new MemberAttendance { Id = "m1", Name = name, Role = "viewer", Seconds = 0, IsHere = false, Times = times }],
    };
}
