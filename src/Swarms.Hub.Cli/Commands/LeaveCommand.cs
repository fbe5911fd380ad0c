using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class LeaveCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("leave", "Leave the room for good: the token ends, and the room is forgotten here.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            await room.LeaveAsync(cancellationToken);
            context.Note($"You left room {room.Id}.");
            await context.Sessions.ForgetAsync(room.Token);
            return 0;
        });
        return command;
    }
}
