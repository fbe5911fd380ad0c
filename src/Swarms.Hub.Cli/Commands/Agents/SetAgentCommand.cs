using System.CommandLine;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class SetAgentCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var id = new Argument<string>("id") { Description = "The agent's id: 1 to 40 of a to z, 0 to 9 and -." };
        var name = new Option<string?>("--name") { Description = "The agent's name; its id if left out for a new one." };
        var model = new Option<string?>("--model") { Description = "The model's name; needed for a new agent." };
        var prompt = new Option<string?>("--system-prompt") { Description = "The agent's system prompt.", HelpName = "TEXT" };
        var temperature = new Option<decimal?>("--temperature") { Description = "The temperature, 0 to 2." };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "The most tokens of an answer." };
        var maxLoops = new Option<int?>("--max-loops") { Description = "The most loops." };
        var mentions = new Option<bool?>("--answers-mentions") { Description = "Whether it answers messages that mention it." };
        var config = new Option<string?>("--config")
        {
            Description = "Read further fields of agent_config, in JSON, from a file; - is standard input.",
            HelpName = "FILE",
        };
        var presets = new Option<string[]>("--preset") { Description = "A prepared task; several replace all.", HelpName = "TITLE=TASK" };
        var secrets = new Option<string[]>("--secret")
        {
            Description = "Read a secret from an environment variable, which keeps it out of the process list; without one it is removed.",
            HelpName = "PLACE=VARIABLE",
        };
        var command = new Command("set", "Add an agent, or change what is given of one. Hosts.")
        {
            id, name, model, prompt, temperature, maxTokens, maxLoops, mentions, config, presets, secrets,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var agentId = arguments.GetRequiredValue(id);
            var before = (await room.GetRoomAsync(cancellationToken)).Agents.FirstOrDefault(agent => agent.Id == agentId);
            var given = arguments.GetValue(presets) ?? [];
            var file = arguments.GetValue(config);
            var request = new SetAgentRequest
            {
                Name = arguments.GetValue(name) ?? before?.Name ?? agentId,
                Model = arguments.GetValue(model) ?? before?.Model,
                SystemPrompt = arguments.GetValue(prompt) ?? before?.SystemPrompt,
                Temperature = arguments.GetValue(temperature) ?? before?.Temperature,
                MaxTokens = arguments.GetValue(maxTokens) ?? before?.MaxTokens,
                MaxLoops = arguments.GetValue(maxLoops) ?? before?.MaxLoops,
                AnswersMentions = arguments.GetValue(mentions) ?? before?.AnswersMentions ?? false,
                Config = file is null ? before?.Config : Parse(await InputText.ReadAsync(context, file, cancellationToken), file),
                Presets = given.Length == 0 ? before?.Presets : [.. given.Select(ReadPreset)],
                Secrets = ReadSecrets(context, arguments.GetValue(secrets) ?? []),
            };
            var agent = await room.SetAgentAsync(agentId, request, cancellationToken);
            context.Out.WriteLine(agent.Id);
            return 0;
        });
        return command;
    }

    private static AgentPreset ReadPreset(string text) => text.Split('=', 2) is [var title, var task]
        ? new AgentPreset(title, task)
        : throw new CommandException($"'{text}' is no TITLE=TASK.");

    private static Dictionary<string, string?> ReadSecrets(CommandContext context, string[] secrets)
    {
        var read = new Dictionary<string, string?>();
        foreach (var secret in secrets)
        {
            if (secret.Split('=', 2) is not [{ Length: > 0 } place, var variable])
                throw new CommandException("A --secret is PLACE=VARIABLE, as llm_api_key=OPENAI_API_KEY.");

            // The value of a mistyped argument may be the secret itself, so it is not repeated.
            read[place] = variable.Length == 0
                ? null
                : context.Environment(variable) is { Length: > 0 } value
                    ? value
                    : throw new CommandException($"The environment variable for the secret {place} is not set.");
        }

        return read;
    }

    private static JsonElement Parse(string json, string file)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException e)
        {
            throw new CommandException($"{InputText.NameOf(file)} is not JSON: {e.Message}");
        }
    }
}
