using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Answers a door's call: by a run of its own, or by the run that the same call started before. A call is the same if it has the same
/// idempotency key, or if its client library says that it repeats it. Safe from any thread.
/// Next: <see cref="IRunDirectory"/> for the run, <see cref="CompletionsWriter"/> or <see cref="JoinedRunWriter"/> for the answer.
/// </summary>
internal sealed class Completions(
    MemberConnections connections, IRunDirectory runs, RepeatedCalls repeated, CompletionsWriter writer, JoinedRunWriter joinedWriter)
{
    /// <summary>Answers one call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="parse">Validates the body.</param>
    public async Task AnswerAsync(HttpContext context, RoomCaller caller, Func<ReadOnlyMemory<byte>, RunRequest> parse)
    {
        // Before the start, which asks for the membership again: so a removal either refuses the start or ends the answer.
        using var access = connections.Open(caller);
        // The body is read under the room's share.
        context.Features.Set(caller);
        var (run, runId, isStreamed, relay, call) = await BeginAsync(context, caller, parse);
        using (call)
        {
            if (run is null)
                await joinedWriter.WriteAsync(context, caller, runId, isStreamed);
            else if (!await writer.WriteAsync(context, caller, run, isStreamed, relay, access))
                call?.Forget();
        }
    }

    // A method of its own, so that the body is not kept in memory while the answer is written. Without a run the call joins one.
    private async Task<(Run? Run, string RunId, bool IsStreamed, RunRelay Relay, RepeatedCalls.Call? Call)> BeginAsync(
        HttpContext context, RoomCaller caller, Func<ReadOnlyMemory<byte>, RunRequest> parse)
    {
        // The content type is ignored, because the Swarms API serves programs that send none.
        using var body = await AdmittedBody.ReadWholeAsync(context);
        var request = parse(body.Bytes) with { Reservation = body.Reservation };
        var hash = request.Hash();
        var relay = new RunRelay();
        var key = CallHeaders.FindKey(context.Request);
        if (key is null && CallHeaders.IsRepeated(context.Request) && repeated.Find(caller.Member.Id, hash) is { } before)
            return (null, before.RunId, request.IsStreamed, relay, before);

        var run = await runs.StartAsync(caller, request, key, relay, context.RequestAborted);
        return relay.IsTaken
            ? (run, run.Id, request.IsStreamed, relay, repeated.Add(caller.Member.Id, hash, run.Id))
            : (null, run.Id, request.IsStreamed, relay, null);
    }
}
