using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// Composes the upstream's requests of a group: each entry with the group's task. A room's agent gets it like any run, and it is put in
/// front of a request of one's own. Safe from any thread.
/// </summary>
internal sealed class GroupRequests(IAgentRequests agents)
{
    /// <summary>Checks the parts of the request that need no room. Refuses with <c>invalid</c>.</summary>
    public static void Require(StartGroupRequest asked)
    {
        if (string.IsNullOrWhiteSpace(asked.Task))
            throw Invalid("task is missing: it should be a text that says what to do.");

        if (asked.Runs is not { Count: >= 2 and <= RunGroup.MaxRuns })
            throw Invalid($"runs must have 2 to {RunGroup.MaxRuns} entries.");

        if (asked.IdempotencyKey is { Length: 0 or > 200 })
            throw Invalid("idempotencyKey must have 1 to 200 characters.");
    }

    /// <summary>Returns a hash that tells requests apart without keeping them.</summary>
    public static byte[] Hash(StartGroupRequest asked) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked with { IdempotencyKey = null }, ProtocolJson.Options));

    /// <summary>
    /// Composes the requests, in the order of the entries. Fails with <c>not_found</c> if the room has no such agent, and with
    /// <c>invalid</c> for an entry that is not of one of the two forms.
    /// </summary>
    public async Task<IReadOnlyList<RunRequest>> ComposeAsync(string roomId, StartGroupRequest asked, CancellationToken cancellationToken)
    {
        var requests = new List<RunRequest>();
        for (var i = 0; i < asked.Runs.Count; i++)
            requests.Add(await ComposeAsync(roomId, asked.Task, asked.Runs[i], i + 1, cancellationToken));

        return requests;
    }

    private async Task<RunRequest> ComposeAsync(
        string roomId, string task, GroupEntry? entry, int number, CancellationToken cancellationToken)
    {
        var hasRequest = entry?.Request.ValueKind is not (null or JsonValueKind.Undefined or JsonValueKind.Null);
        if (entry?.Agent is null == !hasRequest)
            throw Invalid($"Entry {number} of runs must have either agent or request.");

        if (entry!.Agent is not { } agent)
        {
            var body = WithTask(JsonMarshal.GetRawUtf8Value(entry.Request).ToArray(), task, number);
            return RunRequest.Parse(entry.Kind, body, isStreamed: true);
        }

        if (entry.Kind is not (null or RunKinds.Agent))
            throw Invalid($"Entry {number} of runs names an agent of the room, so its kind must be \"agent\", or be left out.");

        return await agents.ComposeAsync(roomId, new AgentStart(agent, task, IdempotencyKey: null), cancellationToken);
    }

    private static ReadOnlyMemory<byte> WithTask(ReadOnlyMemory<byte> body, string task, int number)
    {
        var fields = RequestFields.Find(body, "task", "tasks")
            ?? throw Invalid($"The request in entry {number} of runs must be the JSON object that the Swarms API takes.");
        if (fields.Count > 0)
            throw Invalid($"The request in entry {number} of runs has a task of its own. Leave it out: the group's takes its place.");

        var start = body.Span.IndexOf((byte)'{') + 1;
        var isEmpty = body.Span[start..].TrimStart(" \t\r\n"u8)[0] == (byte)'}';
        var text = JsonSerializer.Serialize(task, ProtocolJson.Options);
        return BodyEdit.Apply(body, [new BodyEdit(start, 0, $"\"task\":{text}{(isEmpty ? "" : ",")}")]);
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
