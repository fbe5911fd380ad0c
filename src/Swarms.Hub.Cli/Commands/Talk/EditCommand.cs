using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class EditCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var message = ArgumentParsers.Message();
        var text = new Argument<string>("text") { Description = "The text from now on; - reads it from standard input." };
        var command = new Command("edit", "Change the text of your message; the earlier text is erased.") { message, text };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var edited = arguments.GetRequiredValue(text);
            await room.EditMessageAsync(
                arguments.GetRequiredValue(message),
                edited == "-" ? await InputText.ReadAsync(context, edited, cancellationToken) : edited,
                cancellationToken);
            return 0;
        });
        return command;
    }
}
