using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class InvitesCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("invites", "List the invites that still admit somebody; 'revoke-invite' takes one back. Hosts.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            var invites = await room.ListInvitesAsync(cancellationToken);
            var state = await room.GetRoomAsync(cancellationToken);
            foreach (var invite in invites)
                context.Out.WriteLine(PrintableText.OfLine(Line(invite, state.Members.FirstOrDefault(member => member.Id == invite.By))));

            return 0;
        });
        return command;
    }

    private static string Line(Invite invite, Member? by)
    {
        var uses = invite.MaxUses is { } most ? $"{invite.Uses} of {most}" : $"{invite.Uses}";
        var until = invite.ExpiresAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"{invite.Id}  {invite.Role,-11}  used {uses,-8}  until {until}  by {by?.Name ?? "the operator"}";
    }
}
