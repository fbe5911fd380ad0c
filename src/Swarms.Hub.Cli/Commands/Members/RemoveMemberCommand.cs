using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RemoveMemberCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var member = new Argument<string>("member") { Description = "The member's id, from 'members'." };
        var ban = new Option<bool>("--ban") { Description = "Its browser may not join again; prints the invites by which it came." };
        var command = new Command("remove-member", "Remove a member: its token and its connections end. Hosts.") { member, ban };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var id = arguments.GetRequiredValue(member);
            if (!arguments.GetValue(ban))
            {
                await room.RemoveMemberAsync(id, cancellationToken);
                return 0;
            }

            var banned = await room.BanMemberAsync(id, cancellationToken);
            context.Note(banned.Ban is null ? "It had a token only, so there is no browser to ban." : "Its browser may not join again.");
            foreach (var invite in banned.Invites)
                context.Out.WriteLine($"invite  {invite.Id}");

            return 0;
        });
        return command;
    }
}
