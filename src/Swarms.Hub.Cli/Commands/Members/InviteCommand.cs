using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class InviteCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var role = new Option<string>("--role")
        {
            Description = "The role of those who join by it.",
            DefaultValueFactory = _ => MemberRoles.Participant,
        };
        role.AcceptOnlyFromAmong(MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer);
        var maxUses = new Option<int?>("--max-uses")
        {
            Description = "How many may join by it; any number if left out.",
            HelpName = "N",
            CustomParser = ArgumentParsers.Count,
        };
        var expiresIn = new Option<long?>("--expires-in")
        {
            Description = "How long it holds, as 90s, 30m, 12h or 7d; 7d if left out.",
            HelpName = "TIME",
            CustomParser = ArgumentParsers.Seconds,
        };
        var command = new Command("invite", "Print a new invite to the room. Hosts.") { role, maxUses, expiresIn };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var request = new CreateInviteRequest
            {
                Role = arguments.GetRequiredValue(role),
                MaxUses = arguments.GetValue(maxUses),
                ExpiresInSeconds = arguments.GetValue(expiresIn),
            };
            var created = await room.CreateInviteAsync(request, cancellationToken);
            context.Out.WriteLine($"invite  {created.Url}");
            context.Out.WriteLine($"code    {created.Code}");
            context.Out.WriteLine($"id      {created.Invite.Id}");
            var until = created.Invite.ExpiresAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            context.Out.WriteLine($"until   {until}");
            return 0;
        });
        return command;
    }
}
