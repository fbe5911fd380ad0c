using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>The options of a run: one agent's task in words, or the Swarms API's own request.</summary>
internal sealed class RunRequestOptions(CommandContext context)
{
    private readonly Argument<string?> _task = new("task")
    {
        Description = "The task; - reads it from standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _taskFile = new("--task-file") { Description = "Read the task from a file.", HelpName = "FILE" };
    private readonly Option<string> _agent = new("--agent") { Description = "The agent's name.", DefaultValueFactory = _ => "Agent" };
    private readonly Option<string?> _model = new("--model") { Description = "The model's name; the upstream's choice if left out." };
    private readonly Option<string?> _prompt = new("--system-prompt") { Description = "The agent's system prompt.", HelpName = "TEXT" };
    private readonly Option<string?> _request = new("--request")
    {
        Description = "Read the Swarms API's own request, in JSON, from a file; - is standard input.",
        HelpName = "FILE",
    };

    private readonly Option<string> _kind = new("--kind")
    {
        Description = "The kind of that request.",
        DefaultValueFactory = _ => RunKinds.Agent,
    };

    public void AddTo(Command command)
    {
        _kind.AcceptOnlyFromAmong(RunKinds.Agent, RunKinds.Swarm);
        command.Arguments.Add(_task);
        foreach (var option in (Option[])[_taskFile, _agent, _model, _prompt, _request, _kind])
            command.Options.Add(option);

        command.Validators.Add(result =>
        {
            SymbolResult?[] given = [result.GetResult(_task), result.GetResult(_taskFile), result.GetResult(_request)];
            if (given.Count(one => one is { Tokens.Count: > 0 }) != 1)
                result.AddError("Give one task: as an argument, by --task-file, or by --request.");
        });
    }

    public async Task<StartRunRequest> ReadAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_request) is { } file)
        {
            return new StartRunRequest
            {
                Kind = arguments.GetRequiredValue(_kind),
                Request = Parse(await InputText.ReadAsync(context, file, cancellationToken), file),
            };
        }

        var task = arguments.GetValue(_task);
        var text = task is null or "-"
            ? await InputText.ReadAsync(context, arguments.GetValue(_taskFile) ?? "-", cancellationToken)
            : task;
        return new AgentTask(text, arguments.GetRequiredValue(_agent))
        {
            Model = arguments.GetValue(_model),
            SystemPrompt = arguments.GetValue(_prompt),
        }.ToRequest();
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
