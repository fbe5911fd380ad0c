using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class PlaceCommand
{
    public static Command Create(HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The proposal's id." };
        var before = new Option<string?>("--before")
        {
            Description = "The proposal before which it comes; the last place if left out.",
            HelpName = "RUN",
        };
        var command = new Command("place", "Give a proposal another place. Hosts.") { run, before };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.PlaceRunAsync(arguments.GetRequiredValue(run), arguments.GetValue(before), cancellationToken);
            return 0;
        });
        return command;
    }
}
