using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RenameCommand
{
    public static Command Create(HubOptions options)
    {
        var name = new Argument<string>("name") { Description = "The room's new name." };
        var command = new Command("rename", "Rename the room. Hosts.") { name };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.RenameAsync(arguments.GetRequiredValue(name), cancellationToken);
            return 0;
        });
        return command;
    }
}
