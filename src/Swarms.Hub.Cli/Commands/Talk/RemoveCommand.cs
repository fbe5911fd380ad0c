using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RemoveCommand
{
    public static Command Create(HubOptions options)
    {
        var message = ArgumentParsers.Message();
        var command = new Command("remove", "Remove your message, or as a host any; its text is erased.") { message };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.RemoveMessageAsync(arguments.GetRequiredValue(message), cancellationToken);
            return 0;
        });
        return command;
    }
}
