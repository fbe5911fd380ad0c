using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// The models and tokens that a request asks the upstream for. Read in one pass for each agent, in rooms with a budget only.
/// </summary>
/// <param name="Agents">Its agents; empty if the upstream chooses them.</param>
/// <param name="Models">The models of other parts of the request.</param>
/// <param name="Bytes">The request's size.</param>
internal sealed record RequestDemand(IReadOnlyList<AgentDemand> Agents, IReadOnlyList<string> Models, int Bytes)
{
    // Both an upstream's product of loops and one of tokens stay far below what a long holds.
    private const long MaxFactor = 1_000_000_000;

    private static readonly string[] OtherModels = ["director_model_name", "council_judge_model_name", "chairman_model"];

    // Names by which the arguments of a model can ask for more than max_tokens says.
    private static readonly string[] HiddenBounds = ["max_tokens", "max_completion_tokens", "max_output_tokens", "n"];

    /// <summary>The most tokens of its answers; null without a bound.</summary>
    public long? Tokens
    {
        get
        {
            var sum = 0L;
            foreach (var agent in Agents)
            {
                if (agent.MaxTokens is not { } tokens || agent.Calls is not { } calls)
                    return null;

                sum = RoomLogs.Amounts.Add(sum, tokens * calls);
            }

            return Agents.Count == 0 ? null : sum;
        }
    }

    /// <summary>Reads a request, and gives each agent the ceiling that has no bound of its own. Refuses a higher one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxTokens">The ceiling; null for none.</param>
    /// <returns>The demand, and the request as it is sent.</returns>
    public static (RequestDemand Demand, RunRequest Request) Of(RunRequest request, int? maxTokens)
    {
        if (request.Path is not null)
            return (OfOther(request, maxTokens), request);

        var body = request.Body;
        var edits = new List<BodyEdit>();
        var fields = RequestFields.Find(body, ["agent_config", "agents", "max_loops", "tasks", .. OtherModels])!;
        var agents = request.Kind == RunKinds.Agent
            ? [ReadAgent(fields.GetValueOrDefault("agent_config"), body, maxTokens, isRoomAgent: request.Origin is not null, edits)]
            : ReadAgents(fields, body, maxTokens, edits);
        var models = OtherModels.Select(name => ReadText(fields.GetValueOrDefault(name))).OfType<string>();
        var sent = edits.Count == 0 ? request : request with { Body = BodyEdit.Apply(body, edits) };
        return (new RequestDemand(agents, [.. models], body.Length), sent);
    }

    // Nothing bounds such a call, so it runs alone where there is a budget.
    private static RequestDemand OfOther(RunRequest request, int? maxTokens) => maxTokens is null
        ? new RequestDemand([], RequestModel.ReadNames(request.Body.Span), request.Body.Length)
        : throw new HubErrorException(
            ErrorCodes.OverBudget, "This room limits max_tokens, and nothing bounds the tokens of this call. Start an agent or a swarm.");

    private static List<AgentDemand> ReadAgents(
        Dictionary<string, RequestField> fields, ReadOnlyMemory<byte> body, int? maxTokens, List<BodyEdit> edits)
    {
        var agents = new List<AgentDemand>();
        if (fields.GetValueOrDefault("agents") is not { Type: JsonTokenType.EndArray } list)
            return agents;

        var loops = ReadFactor(fields.GetValueOrDefault("max_loops"));
        var tasks = CountItems(fields.GetValueOrDefault("tasks"));
        foreach (var item in ItemsOf(list.Json))
        {
            var agent = ReadAgent(item, body, maxTokens, isRoomAgent: false, edits);
            agents.Add(agent with { Calls = Multiply(Multiply(agent.Calls, loops), Math.Max(1, tasks)) });
        }

        return agents;
    }

    private static AgentDemand ReadAgent(
        RequestField config, ReadOnlyMemory<byte> body, int? maxTokens, bool isRoomAgent, List<BodyEdit> edits)
    {
        if (config.Type != JsonTokenType.EndObject)
        {
            if (maxTokens is { } least)
                edits.Add(BodyEdit.WithAgentConfig(config, body, least));

            return new AgentDemand(null, maxTokens, 1);
        }

        var fields = RequestFields.Find(config.Json, "model_name", "max_tokens", "max_loops", "llm_args")!;
        if (maxTokens is not null)
            RequireNoHiddenBound(fields.GetValueOrDefault("llm_args"));

        var field = fields.GetValueOrDefault("max_tokens");
        var asked = ReadNumber(field) is { } number and > 0 and <= MaxFactor ? number : (long?)null;
        if (asked is { } more && maxTokens is { } ceiling && more > ceiling && !isRoomAgent)
        {
            throw new HubErrorException(
                ErrorCodes.OverBudget, $"max_tokens may be at most {ceiling} in this room. Ask for fewer, or ask a host for more.");
        }

        if (maxTokens is { } most && (asked ?? long.MaxValue) > most)
        {
            edits.Add(BodyEdit.WithMaxTokens(config, field, body, most));
            asked = most;
        }

        // Without a ceiling nothing looks into the arguments of a model, so nothing bounds such an agent.
        var isBounded = fields.GetValueOrDefault("llm_args") is not { Type: JsonTokenType.EndObject } || maxTokens is not null;
        return new AgentDemand(
            ReadText(fields.GetValueOrDefault("model_name")), isBounded ? asked : null, ReadFactor(fields.GetValueOrDefault("max_loops")));
    }

    private static void RequireNoHiddenBound(RequestField arguments)
    {
        if (arguments.Type != JsonTokenType.EndObject || RequestFields.Find(arguments.Json, HiddenBounds)!.Count == 0)
            return;

        throw new HubErrorException(
            ErrorCodes.OverBudget,
            $"llm_args may not have {string.Join(", ", HiddenBounds)} in a room that limits max_tokens. Give max_tokens in agent_config.");
    }

    // One where it is left out; null for "auto" and everything else that is no number.
    private static long? ReadFactor(RequestField field) => field.Type switch
    {
        JsonTokenType.None or JsonTokenType.Null => 1,
        _ => ReadNumber(field) is { } factor and >= 0 and <= MaxFactor ? Math.Max(1, factor) : null,
    };

    private static long? ReadNumber(RequestField field)
    {
        if (field.Type != JsonTokenType.Number)
            return null;

        var reader = new Utf8JsonReader(field.Json.Span);
        reader.Read();
        return reader.TryGetInt64(out var number) ? number : null;
    }

    private static string? ReadText(RequestField field)
    {
        if (field.Type != JsonTokenType.String)
            return null;

        var text = new RequestText(RunRequest.MaxNameLength);
        text.AddString(field.Json.Span[1..^1]);
        return text.ToString();
    }

    private static long? Multiply(long? one, long? other) =>
        one is { } factor && other is { } more ? factor > MaxFactor / more ? MaxFactor : factor * more : null;

    private static int CountItems(RequestField list) => list.Type == JsonTokenType.EndArray ? ItemsOf(list.Json).Count : 0;

    private static List<RequestField> ItemsOf(ReadOnlyMemory<byte> list)
    {
        var items = new List<RequestField>();
        var reader = new Utf8JsonReader(list.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(new RequestField(reader.TokenType, list[start..(int)reader.BytesConsumed]));
        }

        return items;
    }
}
