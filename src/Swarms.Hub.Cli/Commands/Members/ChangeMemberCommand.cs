using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class ChangeMemberCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var member = new Argument<string>("member") { Description = "The member's id, from 'members'." };
        var role = new Option<string?>("--role") { Description = "The new role. Hosts." };
        role.AcceptOnlyFromAmong(MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer);
        var name = new Option<string?>("--name") { Description = "The new name. Hosts, and everybody their own." };
        var command = new Command("change-member", "Change a member's role or name.") { member, role, name };
        command.Validators.Add(result =>
        {
            if (result.GetResult(role) is null && result.GetResult(name) is null)
                result.AddError("Give --role, --name, or both.");
        });
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var change = new ChangeMemberRequest { Role = arguments.GetValue(role), Name = arguments.GetValue(name) };
            var changed = await room.ChangeMemberAsync(arguments.GetRequiredValue(member), change, cancellationToken);
            context.Note(PrintableText.OfLine($"{changed.Name}: {changed.Role}"));
            return 0;
        });
        return command;
    }
}
