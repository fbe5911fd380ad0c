using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class SpendingCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command(
            "spending", "Show what the room's runs have used: in all, by member, by agent and by model. 'settings' shows the limits.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            var state = await room.GetRoomAsync(cancellationToken);
            var showsCosts = (state.Room.Settings ?? RoomSettings.Initial).ShowsMoneyTo(state.Me.Role);
            foreach (var line in SpendingTable.Lines(state.Spending, id => MemberNames.Find(state, id), showsCosts))
                context.Out.WriteLine(line);

            if (!showsCosts)
                context.Note("You do not see costs here: the room's setting showMoney leaves you out.");

            return 0;
        });
        return command;
    }
}
