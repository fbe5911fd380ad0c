using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class ReturnLinkCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var expiresIn = new Option<long?>("--expires-in")
        {
            Description = "How long it holds, as 12h or 30d; 30d if left out.",
            HelpName = "TIME",
            CustomParser = ArgumentParsers.Seconds,
        };
        var revoke = new Option<bool>("--revoke") { Description = "Revoke it instead." };
        var command = new Command("return-link", "Print a link that makes you, once, the same member in another place. Hosts.")
        {
            expiresIn, revoke,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetValue(revoke))
            {
                await room.RevokeReturnLinkAsync(cancellationToken);
                return 0;
            }

            var request = new CreateReturnLinkRequest { ExpiresInSeconds = arguments.GetValue(expiresIn) };
            var link = await room.CreateReturnLinkAsync(request, cancellationToken);
            context.Out.WriteLine($"link    {link.Url}");
            var until = link.ExpiresAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            context.Out.WriteLine($"until   {until}");
            return 0;
        });
        return command;
    }
}
