using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>Translates an answer in JSON into the events that the same run would have streamed, an ending last.</summary>
internal static class JsonAnswer
{
    /// <summary>Reads the answer of an agent or a swarm, or of another call that answers as freely as it likes.</summary>
    public static List<UpstreamEvent> Read(string kind, JsonElement answer, UpstreamSecrets secrets, bool isOther = false)
    {
        var events = new UpstreamEvents(secrets);
        var read = new List<UpstreamEvent>();
        if (answer.ValueKind != JsonValueKind.Object)
        {
            read.Add(events.Error(ErrorCodes.UpstreamError, "The upstream's answer is not of a form that the hub knows."));
            return read;
        }

        var jobId = answer.FindText("job_id") ?? answer.FindText("id");
        var name = answer.FindText("name") ?? answer.FindText("swarm_name") ?? answer.FindText("agent_name");
        if (jobId is not null || name is not null)
            read.Add(events.Metadata(jobId, name));

        if (HasFailed(answer))
        {
            read.Add(events.Error(answer));
            return read;
        }

        var outputs = answer.Find("outputs") ?? answer.Find("output");
        foreach (var (text, agent) in isOther && IsByAgent(outputs) ? ByAgent(outputs!.Value) : Outputs(outputs))
            read.Add(events.WholeChunk(text, kind == RunKinds.Swarm ? agent : null));

        if (answer.Find("usage") is { ValueKind: JsonValueKind.Object } usage)
            read.Add(UpstreamEvents.Usage(usage));

        read.Add(UpstreamEvents.Done);
        return read;
    }

    private static bool HasFailed(JsonElement answer) =>
        answer.Find("success") is { ValueKind: JsonValueKind.False }
        || answer.Find("error") is { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) };

    // A graph of agents answers with one text for each.
    private static bool IsByAgent(JsonElement? outputs) =>
        outputs is { ValueKind: JsonValueKind.Object } agents
        && agents.EnumerateObject().All(agent => agent.Value.ValueKind == JsonValueKind.String);

    private static IEnumerable<(string Text, string? Agent)> ByAgent(JsonElement outputs) =>
        outputs.EnumerateObject()
            .Where(agent => agent.Value.GetString()!.Length > 0)
            .Select(agent => (agent.Value.GetString()!, (string?)agent.Name));

    private static IEnumerable<(string Text, string? Agent)> Outputs(JsonElement? outputs)
    {
        if (outputs is { ValueKind: JsonValueKind.Array } entries)
            return entries.EnumerateArray()
                .Select(Output)
                .Where(output => output.Text is not null)
                .Select(output => (output.Text!, output.Agent));

        return outputs is { } one && Output(one) is (string text, var agent) ? [(text, agent)] : [];
    }

    private static (string? Text, string? Agent) Output(JsonElement entry) => (
        ContentText.Of(entry.Find("content") ?? entry),
        entry.FindText("role") ?? entry.FindText("agent") ?? entry.FindText("agent_name"));
}
