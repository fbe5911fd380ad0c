using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class DeleteCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var yes = new Option<bool>("--yes") { Description = "It cannot be undone." };
        var command = new Command("delete", "Delete the room with everything in it, for everybody. Hosts.") { yes };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(yes))
                result.AddError("This deletes the room with everything in it, for everybody: say --yes.");
        });
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            await room.DeleteAsync(cancellationToken);
            context.Note($"Room {room.Id} is deleted.");
            await context.Sessions.ForgetAsync(room.Token);
            return 0;
        });
        return command;
    }
}
