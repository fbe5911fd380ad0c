using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class ProgramCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var name = new Argument<string>("name") { Description = "The program's name in the room." };
        var role = new Option<string>("--role")
        {
            Description = "The program's role.",
            DefaultValueFactory = _ => MemberRoles.Participant,
        };
        role.AcceptOnlyFromAmong(MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer);
        var expiresIn = new Option<long?>("--expires-in")
        {
            Description = "How long its token holds, as 90s, 30m, 12h or 7d; without an end if left out.",
            HelpName = "TIME",
            CustomParser = ArgumentParsers.Seconds,
        };
        var unmoderated = new Option<bool>("--unmoderated") { Description = "Its runs need no approval in a moderated room." };
        var command = new Command("program", "Admit a program and print its token. 'remove-member' revokes it. Hosts.")
        {
            name, role, expiresIn, unmoderated,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var request = new CreateProgramRequest
            {
                Name = arguments.GetRequiredValue(name),
                Role = arguments.GetRequiredValue(role),
                ExpiresInSeconds = arguments.GetValue(expiresIn),
                Unmoderated = arguments.GetValue(unmoderated),
            };
            var created = await room.CreateProgramAsync(request, cancellationToken);
            context.Out.WriteLine($"id      {created.Member.Id}");
            context.Out.WriteLine($"token   {created.Token}");
            return 0;
        });
        return command;
    }
}
