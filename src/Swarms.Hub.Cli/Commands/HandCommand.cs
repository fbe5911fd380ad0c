using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class HandCommand
{
    private const string Up = "up";
    private const string Down = "down";

    public static Command Create(HubOptions options)
    {
        var direction = new Argument<string>("direction") { Description = "Raise it or lower it.", DefaultValueFactory = _ => Up };
        direction.AcceptOnlyFromAmong(Up, Down);
        var command = new Command("hand", "Raise your hand, or lower it.") { direction };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetRequiredValue(direction) == Up)
                await room.RaiseHandAsync(cancellationToken);
            else
                await room.LowerHandAsync(cancellationToken);

            return 0;
        });
        return command;
    }
}
