using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class FollowCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The run's id, from 'runs' or 'run --detach'." };
        var command = new Command("follow", "Print a run's text, and what comes until it ends.") { run };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var found = await room.GetRunAsync(arguments.GetRequiredValue(run), cancellationToken);
            var following = new RunFollowing(context, room, found.Id, cancelOnExit: false);
            return await following.RunAsync(RunSummary.State(found), cancellationToken);
        });
        return command;
    }
}
