using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class DeclineCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The proposal's id." };
        var reason = new Option<string?>("--reason") { Description = "The reason, which the room sees.", HelpName = "TEXT" };
        var command = new Command("decline", "Decline a proposal. Hosts.") { run, reason };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var declined = await room.DeclineRunAsync(arguments.GetRequiredValue(run), arguments.GetValue(reason), cancellationToken);
            context.Note($"run {declined.Id}: {RunSummary.State(declined)}");
            return 0;
        });
        return command;
    }
}
