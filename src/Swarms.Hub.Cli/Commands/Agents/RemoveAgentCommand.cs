using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RemoveAgentCommand
{
    public static Command Create(HubOptions options)
    {
        var agent = new Argument<string>("id") { Description = "The agent's id, from 'agents'." };
        var command = new Command("remove", "Remove an agent with its secrets. Runs that it was started for go on. Hosts.") { agent };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await room.RemoveAgentAsync(arguments.GetRequiredValue(agent), cancellationToken);
            return 0;
        });
        return command;
    }
}
