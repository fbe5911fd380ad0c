using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Answers a call of the chat door: by a run of its own, or by the run that the same call started before. A call is the same if it has the
/// same idempotency key, if its client library says that it repeats it, or if it failed a moment ago after the upstream may have begun:
/// many libraries repeat such a call and do not say so. Safe from any thread.
/// Next: <see cref="IRunDirectory"/> for the run, <see cref="ChatWriter"/> for the answer.
/// </summary>
internal sealed class ChatCompletions(
    MemberConnections connections, IRoomDirectory rooms, IRunDirectory runs, RepeatedCalls repeated, ChatRuns requests, ChatWriter writer)
{
    public async Task AnswerAsync(HttpContext context, RoomCaller caller)
    {
        // Before the start, which asks for the membership again: so a removal either refuses the start or ends the answer.
        using var access = connections.Open(caller);
        // The body is read under the room's share.
        context.Features.Set(caller);
        using var call = await BeginAsync(context, caller);
        await writer.WriteAsync(context, caller, call, access);
    }

    // A method of its own, so that the body is not kept in memory while the answer is written.
    private async Task<ChatCall> BeginAsync(HttpContext context, RoomCaller caller)
    {
        // The content type is ignored, as at the Swarms doors.
        using var body = await AdmittedBody.ReadWholeAsync(context);
        using var chat = ChatRequest.Read(body.Bytes);
        var member = caller.Member.Id;
        var key = CallHeaders.FindKey(context.Request);
        var before = key is not null ? null
            : (CallHeaders.IsRepeated(context.Request) ? repeated.Find(member, chat.Hash) : null) ?? repeated.FindFailed(member, chat.Hash);
        var relay = new RunRelay();
        if (before is not null)
            return new ChatCall(before.RunId, chat, relay) { Remembered = before, From = before.From };

        var request = await requests.ComposeAsync(
            caller.RoomId, chat, context.Request.Headers["X-Title"].ToString(), key, context.RequestAborted);
        var from = await FindHeadAsync(caller.RoomId, context.RequestAborted);
        var run = await runs.StartAsync(
            caller, request with { Reservation = body.Reservation }, key, relay, context.RequestAborted);
        return new ChatCall(run.Id, chat, relay)
        {
            Started = relay.IsTaken ? run : null,
            Remembered = relay.IsTaken ? repeated.Add(member, chat.Hash, run.Id, from) : null,
            From = relay.IsTaken ? from : repeated.FindStart(run.Id),
        };
    }

    private async Task<long> FindHeadAsync(string roomId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        return lease.Log.Head;
    }
}
