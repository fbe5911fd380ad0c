using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class ApproveCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The proposal's id." };
        var task = new Option<string?>("--task") { Description = "Another task in place of the proposer's.", HelpName = "TEXT" };
        var command = new Command("approve", "Approve a proposal. Hosts.") { run, task };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var approved = await room.ApproveRunAsync(arguments.GetRequiredValue(run), arguments.GetValue(task), cancellationToken);
            context.Note($"run {approved.Id}: {RunSummary.State(approved)}");
            return 0;
        });
        return command;
    }
}
