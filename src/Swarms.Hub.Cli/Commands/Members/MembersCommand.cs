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
            var hands = HandWords.Of(state.Members);
            foreach (var member in state.Members)
                context.Out.WriteLine(PrintableText.OfLine(Line(member, hands.GetValueOrDefault(member.Id), member.Id == state.Me.Id)));

            return 0;
        });
        return command;
    }

    private static string Line(Member member, string? hand, bool isMe) =>
        $"{member.Id}  {member.Role,-11}  {member.Name}{hand}{(isMe ? " (you)" : "")}";
}
