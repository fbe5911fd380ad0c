using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class RenewTokenCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var expiresIn = new Option<long?>("--expires-in")
        {
            Description = "How long the new one holds, as 90s, 30m, 12h or 7d; without an end if left out.",
            HelpName = "TIME",
            CustomParser = ArgumentParsers.Seconds,
        };
        var command = new Command("renew-token", "Exchange your token for a new one, which is remembered and printed; the old one ends.")
        {
            expiresIn,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await context.Sessions.EnsureCanSaveAsync();
            var request = new RenewTokenRequest { ExpiresInSeconds = arguments.GetValue(expiresIn) };
            var renewed = await room.RenewTokenAsync(request, cancellationToken);
            context.Out.WriteLine($"token   {renewed.Token}");
            await context.Sessions.ReplaceAsync(room.Token, renewed.Token);
            return 0;
        });
        return command;
    }
}
