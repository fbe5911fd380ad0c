using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class UnreactCommand
{
    public static Command Create(HubOptions options)
    {
        var message = ArgumentParsers.Message();
        var emoji = new Argument<string>("emoji") { Description = "The reaction." };
        var command = new Command("unreact", "Take your reaction to a message back.") { message, emoji };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.UnreactAsync(arguments.GetRequiredValue(message), arguments.GetRequiredValue(emoji), cancellationToken);
            return 0;
        });
        return command;
    }
}
