using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class WatchCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("watch", "Watch a room: its runs side by side, its people and messages. Ctrl+C leaves.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            try
            {
                await (context.Screen is { } screen
                    ? new WatchScreen(screen, room, context.TimeProvider).ShowAsync(cancellationToken)
                    : new WatchLines(context, room).PrintAsync(cancellationToken));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The way out.
            }

            foreach (var run in room.State?.Runs ?? [])
                context.Note(RunSummary.Line(RunSummary.Title(run), RunSummary.State(run), RunSummary.Usage(run)));

            return 0;
        });
        return command;
    }
}
