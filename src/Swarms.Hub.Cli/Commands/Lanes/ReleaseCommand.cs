using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class ReleaseCommand
{
    public static Command Create(HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The id of a run whose text is held." };
        var to = new Option<int?>("--to")
        {
            Description = "The place in the lane's text, in UTF-16 units; all that is held if left out.",
            HelpName = "PLACE",
        };
        var command = new Command("release", "Give a run's held text to the room. Hosts.") { run, to };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.ReleaseRunAsync(arguments.GetRequiredValue(run), arguments.GetValue(to), cancellationToken);
            return 0;
        });
        return command;
    }
}
