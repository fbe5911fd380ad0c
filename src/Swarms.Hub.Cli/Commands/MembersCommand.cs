using System.CommandLine;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class MembersCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("members", "List who is in the room.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            // This call fails where the hub is away; the watch would try for ever.
            var me = await room.GetMemberAsync(cancellationToken);
            await foreach (var update in room.WatchAsync(cancellationToken))
            {
                if (update is not SnapshotUpdate { State: var state })
                    continue;

                foreach (var member in state.Members)
                    context.Out.WriteLine(PrintableText.OfLine(Line(member, isMe: member.Id == me.Id)));

                break;
            }

            return 0;
        });
        return command;
    }

    private static string Line(Member member, bool isMe) =>
        $"{member.Id}  {member.Role,-11}  {member.Name}{(member.HandRaised ? " ✋" : "")}{(isMe ? " (you)" : "")}";
}
