using System.CommandLine;
using System.Globalization;

namespace Swarms.Hub.Cli;

internal static class ProgramsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("programs", "List the room's programs, with the last use of their tokens. Hosts.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            foreach (var program in await room.ListProgramsAsync(cancellationToken))
            {
                var until = program.ExpiresAt is { } end ? $"until {Time(end)}" : "without an end";
                context.Out.WriteLine(PrintableText.OfLine(
                    $"{program.Id}  {program.Role,-11}  used {Time(program.LastUsedAt)}  {until}  {program.Name}"));
            }

            return 0;
        });
        return command;
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
