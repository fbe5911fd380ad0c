using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// A simulated run in the Swarms API's own format, as a stream or as JSON. Agents answer in its form of July 2026 (the first frame has
/// no name), swarms in that of its swarm streams. Like the API, it writes a space after colons and only ASCII.
/// </summary>
internal sealed class SimulatedAnswer(SimulatedRequest request, TimeProvider time)
{
    // Fictional, near the API's published prices of 2026. PROTOCOL.md states them.
    internal const decimal InputTokenPrice = 0.0000065m;
    internal const decimal OutputTokenPrice = 0.0000185m;
    internal const decimal SwarmAgentPrice = 0.01m;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly string _jobId = $"{(request.IsSwarm ? "swarms" : "agent")}-{Guid.NewGuid():N}";
    private long _outputLength;

    private SimulationSettings Settings => request.Settings;

    public SimulatedEnd End => Settings.Fault switch
    {
        SimulationFault.Cut => SimulatedEnd.Reset,
        SimulationFault.Silence => SimulatedEnd.Open,
        _ => SimulatedEnd.Closed,
    };

    public IEnumerable<SimulatedFrame> Frames()
    {
        yield return Frame(default, request.IsSwarm ? "metadata" : null, Metadata());
        yield return Frame(default, "start", Json(("message", $"Starting {(request.IsSwarm ? "swarm" : "agent")} processing...")));

        var at = TimeSpan.Zero;
        var faultAfter = FaultAfterChunks();
        var spoken = 0;
        foreach (var chunk in SimulatedSpeech.Of(request))
        {
            at = chunk.At;
            if (spoken++ == faultAfter)
                break;

            _outputLength += chunk.Text.Length;
            if (request.IsSwarm && chunk.IsFirst)
                yield return Frame(at, "agent_start", Json(("agent", chunk.Agent)));

            yield return Frame(at, "chunk", Chunk(chunk));
            if (request.IsSwarm && chunk.IsLast)
                yield return Frame(at, "agent_end", Json(("agent", chunk.Agent)));
        }

        foreach (var frame in faultAfter is null ? Ending(at) : Failing(at))
            yield return frame;
    }

    /// <summary>Returns the whole answer as JSON and the time when it is due.</summary>
    public SimulatedFrame Whole()
    {
        var at = TimeSpan.Zero;
        var texts = new Dictionary<string, StringBuilder>();
        foreach (var chunk in SimulatedSpeech.Of(request))
        {
            at = chunk.At;
            _outputLength += chunk.Text.Length;
            if (!texts.TryGetValue(chunk.Agent, out var text))
                texts.Add(chunk.Agent, text = new());

            text.Append(chunk.Text);
        }

        var outputs = string.Join(", ", texts.Select(text =>
            Json(("role", text.Key), ("content", text.Value.ToString()), ("timestamp", Timestamp(at)))));
        var body = request.IsSwarm
            ? $$"""{"job_id": {{Quote(_jobId)}}, "status": "success", "swarm_name": {{Quote(request.Name)}},"""
                + $$""" "swarm_type": {{Quote(request.SwarmType)}}, "output": [{{outputs}}],"""
                + $$""" "number_of_agents": {{request.Agents.Count}}, "execution_time": {{Seconds(at)}}, "usage": {{Usage()}}}"""
            : $$"""{"job_id": {{Quote(_jobId)}}, "success": true, "name": {{Quote(request.Name)}}, "outputs": [{{outputs}}],"""
                + $$""" "usage": {{Usage()}}, "timestamp": {{Quote(Timestamp(at))}}}""";
        return new(at, Encoding.ASCII.GetBytes(body));
    }

    private IEnumerable<SimulatedFrame> Ending(TimeSpan at)
    {
        yield return Frame(at, "usage", Usage());
        yield return Frame(at, "end", request.IsSwarm
            ? $$"""{"execution_time": {{Seconds(at)}}, "status": "success"}"""
            : $$"""{"job_id": {{Quote(_jobId)}}, "usage": {{Usage()}}, "timestamp": {{Quote(Timestamp(at))}}, "complete": true}""");
        yield return Frame(at, "done", Json(("message", request.IsSwarm ? "Swarm processing complete" : "Agent processing complete")));
    }

    private IEnumerable<SimulatedFrame> Failing(TimeSpan at)
    {
        switch (Settings.Fault)
        {
            case SimulationFault.Error:
                var name = request.IsSwarm ? "SwarmCompletionError" : "AgentCompletionError";
                yield return Frame(at, "error", Json(("error", $"{name}: the simulator was asked to fail"), ("timestamp", Timestamp(at))));
                break;
            case SimulationFault.Cut:
                yield return new(at, "event: chunk\ndata: {\"content\": \"half of a fra"u8.ToArray());
                break;
            case SimulationFault.Garbage:
                yield return new(at, SimulatorHandler.Garbage);
                break;
        }
    }

    private int? FaultAfterChunks()
    {
        if (Settings.Fault is SimulationFault.None)
            return null;

        return Settings.FaultAfterChunks ?? ((Settings.Chunks ?? SimulatedSpeech.Of(request).Count()) / 2);
    }

    private string Metadata() => request.IsSwarm
        ? $$"""{"job_id": {{Quote(_jobId)}}, "swarm_name": {{Quote(request.Name)}}, "swarm_type": {{Quote(request.SwarmType)}},"""
            + $$""" "number_of_agents": {{request.Agents.Count}}}"""
        : $$"""{"job_id": {{Quote(_jobId)}}, "success": true, "name": {{Quote(request.Name)}}, "description": "A simulated agent","""
            + $$""" "temperature": null, "timestamp": {{Quote(Timestamp(default))}}, "stream": true, "type": "metadata"}""";

    private string Chunk(SimulatedChunk chunk) => request.IsSwarm
        ? Json(("agent", chunk.Agent), ("content", chunk.Text))
        : Json(("content", chunk.Text), ("timestamp", Timestamp(chunk.At)));

    /// <summary>Returns the tokens of the answer so far, and their cost.</summary>
    private string Usage()
    {
        var input = 8 + (request.TaskLength / 4);
        var output = (_outputLength + SimulatorText.CharactersInToken - 1) / SimulatorText.CharactersInToken;
        var tokenCost = (input * InputTokenPrice) + (output * OutputTokenPrice);
        var swarmCost = decimal.Round(tokenCost + (SwarmAgentPrice * request.Agents.Count), 6);
        var tokens = string.Create(
            CultureInfo.InvariantCulture, $"\"input_tokens\": {input}, \"output_tokens\": {output}, \"total_tokens\": {input + output}");
        var cost = request.IsSwarm
            ? string.Create(CultureInfo.InvariantCulture, $"\"billing_info\": {{\"total_cost\": {swarmCost}}}")
            : string.Create(CultureInfo.InvariantCulture, $"\"img_cost\": 0.0, \"total_cost\": {decimal.Round(tokenCost, 6)}");
        return $"{{{tokens}, {cost}}}";
    }

    private static SimulatedFrame Frame(TimeSpan at, string? name, string data) =>
        new(at, Encoding.ASCII.GetBytes(name is null ? $"data: {data}\n\n" : $"event: {name}\ndata: {data}\n\n"));

    private static string Json(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in members)
        {
            if (json.Length > 1)
                json.Append(", ");

            json.Append(Quote(name)).Append(": ").Append(Quote(value));
        }

        return json.Append('}').ToString();
    }

    private static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var unit in JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text))
        {
            if (char.IsAscii(unit))
                json.Append(unit);
            else
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return json.Append('"').ToString();
    }

    private string Timestamp(TimeSpan at) => (_startedAt + at).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan at) => at.TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture);
}
