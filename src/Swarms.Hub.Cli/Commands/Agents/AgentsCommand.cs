using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class AgentsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("agents", "List the room's agents, with the places of their secrets.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            foreach (var agent in (await room.GetRoomAsync(cancellationToken)).Agents)
            {
                var mentions = agent.AnswersMentions ? "  answers mentions" : "";
                var secrets = agent.Secrets.Count > 0 ? $"  secrets: {string.Join(", ", agent.Secrets)}" : "";
                context.Out.WriteLine(PrintableText.OfLine($"{agent.Id}  {agent.Name}  {agent.Model}{mentions}{secrets}"));
            }

            return 0;
        });
        return command;
    }
}
