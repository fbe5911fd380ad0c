using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class ReturnCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var link = new Argument<string>("link") { Description = "The link from 'return-link'." };
        var command = new Command("return", "Be the member again who made a return link, and remember the room.") { link };
        var admission = new Admission(context);
        admission.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var text = arguments.GetRequiredValue(link);
            using var hub = options.CreateClient(arguments, otherwise: JoinCommand.HubOf(text));
            var room = await admission.AdmitAsync(arguments, hub, () => hub.ReturnAsync(text, cancellationToken));
            context.Out.WriteLine($"role    {room.Member?.Role}");
            return 0;
        });
        return command;
    }
}
