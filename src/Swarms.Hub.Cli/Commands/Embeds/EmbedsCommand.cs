using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class EmbedsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("embeds", "List the embeds that have not expired; 'revoke-embed' takes one back. Hosts.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            foreach (var embed in await room.ListEmbedsAsync(cancellationToken))
                context.Out.WriteLine(Line(embed));

            return 0;
        });
        return command;
    }

    private static string Line(Embed embed)
    {
        var until = embed.ExpiresAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"{embed.Id}  run {embed.Run}  until {until}{(embed.HideTask ? "  without the task" : "")}";
    }
}
