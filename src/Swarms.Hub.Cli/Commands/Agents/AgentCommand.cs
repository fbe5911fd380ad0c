using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class AgentCommand
{
    public static Command Create(CommandContext context, HubOptions options) => new("agent", "Add, change or remove an agent. Hosts.")
    {
        SetAgentCommand.Create(context, options),
        RemoveAgentCommand.Create(options),
    };
}
