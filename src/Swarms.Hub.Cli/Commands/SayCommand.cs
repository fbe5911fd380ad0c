using System.CommandLine;
using System.Globalization;

namespace Swarms.Hub.Cli;

internal static class SayCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var text = new Argument<string>("text") { Description = "The message; - reads it from standard input." };
        var command = new Command("say", "Say something in the room, and print the message's number.") { text };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var message = arguments.GetRequiredValue(text);
            var sequence = await room.SayAsync(
                message == "-" ? await InputText.ReadAsync(context, message, cancellationToken) : message, cancellationToken);
            context.Out.WriteLine(sequence.ToString(CultureInfo.InvariantCulture));
            return 0;
        });
        return command;
    }
}
