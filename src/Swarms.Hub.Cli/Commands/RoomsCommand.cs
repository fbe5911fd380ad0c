using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RoomsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("rooms", "List the rooms that are remembered here, newest first.");
        command.SetAction(_ =>
        {
            foreach (var session in context.Sessions.List())
                context.Out.WriteLine($"{session.Room}  {session.Hub}");

            return 0;
        });
        return command;
    }
}
