using System.CommandLine;
using System.Globalization;

namespace Swarms.Hub.Cli;

internal static class BansCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var lift = new Option<string?>("--lift") { Description = "Lift the ban with this id instead.", HelpName = "ID" };
        var command = new Command("bans", "List the browsers that may not join the room again. Hosts.") { lift };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetValue(lift) is { } id)
            {
                await room.LiftBanAsync(id, cancellationToken);
                return 0;
            }

            foreach (var ban in await room.ListBansAsync(cancellationToken))
            {
                var at = ban.At.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
                context.Out.WriteLine(PrintableText.OfLine($"{ban.Id}  {at}  {ban.Name}"));
            }

            return 0;
        });
        return command;
    }
}
