using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RevokeInviteCommand
{
    public static Command Create(HubOptions options)
    {
        var invite = new Argument<string>("id") { Description = "The invite's id, from 'invite' or 'invites'." };
        var command = new Command("revoke-invite", "Take an invite back. Hosts.") { invite };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.RevokeInviteAsync(arguments.GetRequiredValue(invite), cancellationToken);
            return 0;
        });
        return command;
    }
}
