using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RemoveMemberCommand
{
    public static Command Create(HubOptions options)
    {
        var member = new Argument<string>("member") { Description = "The member's id, from 'members'." };
        var command = new Command("remove-member", "Remove a member: its token and its connections end. Hosts.") { member };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.RemoveMemberAsync(arguments.GetRequiredValue(member), cancellationToken);
            return 0;
        });
        return command;
    }
}
