using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>The calls of the tests of threads.</summary>
internal static class ThreadCalls
{
    /// <summary>Starts a hub whose room has the agent <c>writer</c>.</summary>
    public static async Task<ScriptedHub> StartAsync(params (string Name, string Value)[] settings)
    {
        var scripted = await ScriptedHub.StartAsync(settings);
        await scripted.Host.AddWriterAsync(answersMentions: true);
        return scripted;
    }

    public static Task<Answer> TryGoOnAsync(this MemberCaller member, object start) => member.PostAsync($"{member.Path}/runs", start);

    /// <summary>Starts a run that the upstream answers, and returns it with its ending and the request that the upstream got.</summary>
    public static async Task<(Run Run, ScriptedRequest Sent)> TellAsync(this ScriptedHub scripted, object start, string text)
    {
        var answer = scripted.Upstream.Answer().Body((text.Length > 0 ? Sse.Chunk(text) : "") + Sse.Done);
        var run = RunCalls.Started(await scripted.Host.TryGoOnAsync(start));
        return (await scripted.Host.EndedAsync(run.Id), await answer.Requested);
    }

    /// <summary>Starts a run that the upstream ends with an error after some text.</summary>
    public static async Task<Run> FailAsync(this ScriptedHub scripted, object start, string text = "Once")
    {
        scripted.Upstream.Answer().Body(Sse.Chunk(text) + "event: error\ndata: {\"error\": \"broken\"}\n\n");
        var run = RunCalls.Started(await scripted.Host.TryGoOnAsync(start));
        return await scripted.Host.EndedAsync(run.Id);
    }

    /// <summary>Returns the history of a request, each entry as <c>role: content</c>.</summary>
    public static IReadOnlyList<string> History(this ScriptedRequest sent, string field = "history") =>
        sent.Json.TryGetProperty(field, out var history)
            ? [.. history.EnumerateArray().Select(entry => $"{entry.GetProperty("role")}: {entry.GetProperty("content")}")]
            : [];

    public static string Text(this ScriptedRequest sent) => Encoding.UTF8.GetString(sent.Body.Span);

    /// <summary>Puts an ended run into the room as it is, without an upstream.</summary>
    public static async Task<Run> PutAsync(this ScriptedHub scripted, RunQueuedPayload queued, string ending = EventTypes.Done)
    {
        using var lease = await scripted.Hub.Get<IRoomDirectory>().OpenAsync(scripted.Host.Room, CancellationToken.None);
        var identity = new RunIdentity(Guid.NewGuid().ToString("N"), DataKey.Create());
        var now = DateTimeOffset.UnixEpoch;
        PendingEvent[] events =
        [
            PendingEvent.OfRun(now, EventTypes.RunQueued, identity, scripted.Host.Member, queued),
            ending == EventTypes.Done
                ? PendingEvent.OfRun(now, ending, identity, null, new DonePayload(0, new string('0', 64)))
                : PendingEvent.OfRun(now, ending, identity, null, new RunReasonPayload(RunReasons.Requested)),
        ];
        var state = RunState.FromFirst(events[0].ToRoomEvent(1));
        state.Apply(events[1].ToRoomEvent(2));
        await lease.Log.AppendNowAsync(events, CancellationToken.None, new RunChange.Save(state.ToRun(), identity.Key));
        return state.ToRun();
    }

    public static async Task<IReadOnlyList<string>> ListAsync(this MemberCaller member, string query) =>
        [.. (await member.GetAsync($"{member.Path}/runs?{query}")).Json.GetProperty("runs").EnumerateArray()
            .Select(run => run.GetProperty("id").GetString()!)];

    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, ProtocolJson.Options);
}
