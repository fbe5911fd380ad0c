using System.Globalization;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Answers a door's call: by a run of its own, or by the run that the same call started before. A call is the same if it has the same
/// idempotency key, or if its client library says that it repeats it. Safe from any thread.
/// Next: <see cref="IRunDirectory"/> for the run, <see cref="CompletionsWriter"/> or <see cref="JoinedRunWriter"/> for the answer.
/// </summary>
internal sealed class Completions(
    IRunDirectory runs, RepeatedCalls repeated, CompletionsWriter writer, JoinedRunWriter joinedWriter)
{
    public async Task AnswerAsync(HttpContext context, RoomCaller caller, RunRequest request)
    {
        var key = FindKey(context.Request);
        if (key is null && IsRepeated(context.Request) && repeated.Find(caller.Member.Id, request.Hash()) is { } before)
        {
            using (before)
                await joinedWriter.WriteAsync(context, caller, before.RunId, request.IsStreamed);

            return;
        }

        var relay = new RunRelay();
        var hash = request.Hash();
        var run = await runs.StartAsync(caller, request, key, relay, context.RequestAborted);
        if (!relay.IsTaken)
        {
            await joinedWriter.WriteAsync(context, caller, run.Id, request.IsStreamed);
            return;
        }

        using var call = repeated.Add(caller.Member.Id, hash, run.Id);
        if (!await writer.WriteAsync(context, caller, run, request.IsStreamed, relay))
            call.Forget();
    }

    // The official SDKs count their own attempts.
    private static bool IsRepeated(HttpRequest request) =>
        request.Headers["X-Stainless-Retry-Count"] is [{ } count]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0;

    private static string? FindKey(HttpRequest request) => request.Headers["Idempotency-Key"] switch
    {
        [] => null,
        [{ Length: > 0 } key] => key,
        _ => throw new HubErrorException(ErrorCodes.Invalid, "Idempotency-Key must have 1 to 200 characters, once."),
    };
}
