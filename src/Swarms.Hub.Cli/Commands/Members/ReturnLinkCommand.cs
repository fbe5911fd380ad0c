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
        var show = new Option<bool>("--show") { Description = "Say instead until when the one that you have works." };
        var command = new Command("return-link", "Print a link that makes you, once, the same member in another place. Hosts.")
        {
            expiresIn, revoke, show,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetValue(revoke))
            {
                await room.RevokeReturnLinkAsync(cancellationToken);
                return 0;
            }

            if (arguments.GetValue(show))
            {
                var own = await room.GetReturnLinkAsync(cancellationToken);
                context.Out.WriteLine(own.ExpiresAt is { } end ? $"until   {Time(end)}" : "There is none.");
                return 0;
            }

            var request = new CreateReturnLinkRequest { ExpiresInSeconds = arguments.GetValue(expiresIn) };
            var link = await room.CreateReturnLinkAsync(request, cancellationToken);
            context.Out.WriteLine($"link    {link.Url}");
            context.Out.WriteLine($"until   {Time(link.ExpiresAt)}");
            return 0;
        });
        return command;
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
