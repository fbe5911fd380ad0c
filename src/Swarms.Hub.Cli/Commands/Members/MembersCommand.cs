using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class MembersCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("members", "List who is in the room.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            var state = await room.GetRoomAsync(cancellationToken);
            foreach (var member in state.Members)
                context.Out.WriteLine(PrintableText.OfLine(Line(member, isMe: member.Id == state.Me.Id)));

            return 0;
        });
        return command;
    }

    private static string Line(Member member, bool isMe) =>
        $"{member.Id}  {member.Role,-11}  {member.Name}{(member.HandRaised ? " ✋" : "")}{(isMe ? " (you)" : "")}";
}
