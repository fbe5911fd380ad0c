using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class SayCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var text = new Argument<string>("text") { Description = "The message; - reads it from standard input." };
        var reply = new Option<long?>("--reply")
        {
            Description = "The number of the message that it answers.",
            HelpName = "NUMBER",
            CustomParser = argument => ArgumentParsers.MessageNumber(argument),
        };
        var command = new Command("say", "Say something in the room, and print the message's number.") { text, reply };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var message = arguments.GetRequiredValue(text);
            var say = new SayRequest
            {
                Text = message == "-" ? await InputText.ReadAsync(context, message, cancellationToken) : message,
                ReplyTo = arguments.GetValue(reply),
            };
            context.Out.WriteLine((await room.SayAsync(say, cancellationToken)).ToString(CultureInfo.InvariantCulture));
            return 0;
        });
        return command;
    }
}
