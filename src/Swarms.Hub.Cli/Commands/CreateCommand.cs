using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class CreateCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var room = new Argument<string>("room") { Description = "The room's name." };
        var name = new Option<string>("--name") { Description = "Your name in the room.", DefaultValueFactory = _ => Environment.UserName };
        var role = new Option<string>("--invite-role")
        {
            Description = "The role of those who join by the invite.",
            DefaultValueFactory = _ => MemberRoles.Participant,
        };
        role.AcceptOnlyFromAmong(MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer);
        var command = new Command("create", "Create a room, remember it, and print an invite.") { room, name, role };
        var admission = new Admission(context);
        admission.AddTo(command);
        options.SetOperatorAction(command, async (hub, arguments, cancellationToken) =>
        {
            var (roomName, memberName) = (arguments.GetRequiredValue(room), arguments.GetRequiredValue(name));
            var created = await admission.AdmitAsync(arguments, hub, () => hub.CreateRoomAsync(roomName, memberName, cancellationToken));
            var request = new CreateInviteRequest { Role = arguments.GetRequiredValue(role) };
            var invite = await created.CreateInviteAsync(request, cancellationToken);
            context.Out.WriteLine($"invite  {invite.Url}");
            context.Out.WriteLine($"code    {invite.Code}");
            return 0;
        });
        return command;
    }
}
