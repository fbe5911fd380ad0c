using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RevokeEmbedCommand
{
    public static Command Create(HubOptions options)
    {
        var embed = new Argument<string>("id") { Description = "The embed's id, from 'embed' or 'embeds'." };
        var command = new Command("revoke-embed", "Take an embed back: its readers' connections end. Hosts.") { embed };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.RevokeEmbedAsync(arguments.GetRequiredValue(embed), cancellationToken);
            return 0;
        });
        return command;
    }
}
