using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class VoteCommand
{
    public static Command Create(HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The run's id." };
        var command = new Command("vote", "Vote for a run of a race, in place of an earlier vote.") { run };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var id = arguments.GetRequiredValue(run);
            var group = (await room.GetRunAsync(id, cancellationToken)).Group
                ?? throw new CommandException($"The run {id} is in no race.");
            await room.VoteForRunAsync(group.Id, id, cancellationToken);
            return 0;
        });
        return command;
    }

    public static Command CreateTakeBack(HubOptions options)
    {
        var group = new Argument<string>("group") { Description = "The race's id." };
        var command = new Command("unvote", "Take your vote in a race back.") { group };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.TakeBackVoteAsync(arguments.GetRequiredValue(group), cancellationToken);
            return 0;
        });
        return command;
    }
}
