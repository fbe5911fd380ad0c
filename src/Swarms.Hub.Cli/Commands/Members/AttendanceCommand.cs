using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class AttendanceCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var csv = new Option<bool>("--csv") { Description = "Print CSV, one line for each time." };
        var command = new Command("attendance", "List who watched the room, when and how long. Hosts.") { csv };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetValue(csv))
            {
                var text = await room.GetAttendanceCsvAsync(cancellationToken);
                context.Out.Write(context.IsTerminal ? PrintableText.Of(text) : text);
                return 0;
            }

            foreach (var member in (await room.GetAttendanceAsync(cancellationToken)).Members)
            {
                var whole = $"{TimeSpan.FromSeconds(member.Seconds):d\\.hh\\:mm\\:ss}";
                context.Out.WriteLine(
                    PrintableText.OfLine($"{whole}  {Time(member.Times[0].From)}  {Until(member)}  {member.Name}"));
            }

            return 0;
        });
        return command;
    }

    private static string Until(MemberAttendance member) => member.IsHere ? "now".PadRight(23) : Time(member.Times[^1].Until);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
