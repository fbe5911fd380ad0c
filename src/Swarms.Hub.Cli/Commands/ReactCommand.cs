using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class ReactCommand
{
    public static Command Create(HubOptions options)
    {
        var message = ArgumentParsers.Message();
        var emoji = new Argument<string>("emoji") { Description = "The reaction." };
        var command = new Command("react", "React to a message.") { message, emoji };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.ReactAsync(arguments.GetRequiredValue(message), arguments.GetRequiredValue(emoji), cancellationToken);
            return 0;
        });
        return command;
    }
}
