using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class CancelCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The run's id." };
        var command = new Command("cancel", "Stop a run; its text so far stays.") { run };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var cancelled = await room.CancelRunAsync(arguments.GetRequiredValue(run), cancellationToken);
            context.Note($"run {cancelled.Id}: {RunSummary.State(cancelled)}");
            return 0;
        });
        return command;
    }
}
