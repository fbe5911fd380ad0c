using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Answers a batch: each entry is a run of the room, and the answer comes once all have ended. An entry that fails says why in its place.
/// A caller that hangs up ends only the answer. Runs in the loop of the caller's request.
/// Next: <see cref="IRunDirectory"/> for the runs, <see cref="JoinedRun"/> for those that it started before.
/// </summary>
internal sealed class Batches(
    MemberConnections connections, IRoomDirectory rooms, IRunDirectory runs, RepeatedCalls repeated, JoinedRun joined, DoorAnswers answers,
    TimeProvider time)
{
    public async Task AnswerAsync(HttpContext context, RoomCaller caller, BatchForm form)
    {
        // Before the starts, which ask for the membership again: so a removal either refuses them or ends the answer.
        using var access = connections.Open(caller);
        // The body is read under the room's share.
        context.Features.Set(caller);
        var begun = time.GetTimestamp();
        var entries = new List<BatchEntry>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, access.Ended);
        try
        {
            await BeginAsync(context, caller, form, entries);
            // Nothing was started, so the caller is told as one with a single request.
            if (entries.TrueForAll(entry => entry.Refusal is not null))
                throw entries[0].Refusal!;

            context.Response.Headers["X-Run-Id"] = string.Join(", ", entries.Select(entry => entry.RunId).OfType<string>());
            context.Response.Headers["x-should-retry"] = "false";
            var read = await Task.WhenAll(entries.Select(entry => ReadAsync(caller, entry, ended.Token)));
            // Losing access is the reason also where it ended the runs first.
            access.Ended.ThrowIfCancellationRequested();
            await WriteAsync(context, caller, form, entries, read, time.GetElapsedTime(begun), ended.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; the runs go on.
        }
        catch (OperationCanceledException) when (access.Ended.IsCancellationRequested)
        {
            await answers.FailAsync(context, access.Reason);
        }
        catch (HubErrorException e)
        {
            await answers.FailAsync(context, e);
        }
        finally
        {
            entries.ForEach(entry => entry.Dispose());
        }
    }

    // A method of its own, so that the body is not kept in memory while the runs go on.
    private async Task BeginAsync(HttpContext context, RoomCaller caller, BatchForm form, List<BatchEntry> entries)
    {
        using var body = await AdmittedBody.ReadWholeAsync(context);
        var key = CallHeaders.FindKey(context.Request);
        foreach (var one in form.Split(body.Bytes))
            entries.Add(await BeginAsync(context, caller, form, one, key is null ? null : Numbered(key, entries.Count)));
    }

    private async Task<BatchEntry> BeginAsync(
        HttpContext context, RoomCaller caller, BatchForm form, ReadOnlyMemory<byte> body, string? key)
    {
        string? name = null;
        try
        {
            var request = form.Parse(body);
            name = request.Agent.Name;
            var hash = request.Hash();
            if (key is null && CallHeaders.IsRepeated(context.Request) && repeated.Find(caller.Member.Id, hash) is { } before)
                return new BatchEntry(name) { RunId = before.RunId, Remembered = before };

            var relay = new RunRelay();
            var run = await runs.StartAsync(caller, request, key, relay, context.RequestAborted);
            return relay.IsTaken
                ? new BatchEntry(name) { RunId = run.Id, Relay = relay, Remembered = repeated.Add(caller.Member.Id, hash, run.Id) }
                : new BatchEntry(name) { RunId = run.Id };
        }
        catch (HubErrorException e)
        {
            return new BatchEntry(name) { Refusal = e };
        }
    }

    private async Task<BatchAnswer> ReadAsync(RoomCaller caller, BatchEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Refusal is { } refused)
            return new BatchAnswer(default, refused.Message);

        try
        {
            if (entry.Relay is not { } relay)
                return await ReadRunAsync(caller, entry.RunId!, cancellationToken);

            switch (await relay.Opening.WaitAsync(cancellationToken))
            {
                case RelayOpening.Answered { Json: { } json }:
                    await relay.Ended.WaitAsync(cancellationToken);
                    return new BatchAnswer(json, null);
                case RelayOpening.Refused { Refusal: var refusal }:
                    await relay.Ended.WaitAsync(cancellationToken);
                    if (!refusal.MayHaveBegun)
                        entry.Remembered?.Forget();

                    return new BatchAnswer(default, refusal.Message);
                case RelayOpening.Stopped stopped:
                    return new BatchAnswer(default, RelayError.Sentence(stopped.Ending.Type, stopped.Reason));
                default:
                    // The frames of a stream are read from the log, and so is a text that was held back.
                    relay.Leave();
                    return await ReadRunAsync(caller, entry.RunId!, cancellationToken);
            }
        }
        catch (HubErrorException e)
        {
            return new BatchAnswer(default, e.Message);
        }
    }

    private async Task<BatchAnswer> ReadRunAsync(RoomCaller caller, string runId, CancellationToken cancellationToken)
    {
        var run = await joined.WaitAsync(caller, runId, cancellationToken);
        return run switch
        {
            { Error: { } error } => new BatchAnswer(default, error.Message),
            { State: EventTypes.Done } => BatchAnswer.Of(run),
            _ => new BatchAnswer(default, RelayError.Sentence(run.State, run.Reason)),
        };
    }

    private async Task WriteAsync(
        HttpContext context, RoomCaller caller, BatchForm form, List<BatchEntry> entries, BatchAnswer[] read, TimeSpan took,
        CancellationToken cancellationToken)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = ProtocolJson.Options.Encoder }))
        {
            if (form.HasFrame)
            {
                json.WriteStartObject();
                json.WriteString("batch_id", $"batch-{entries.Select(entry => entry.RunId).OfType<string>().First()}");
                json.WriteNumber("total_requests", entries.Count);
                json.WriteNumber("execution_time", Math.Round(took.TotalSeconds, 3));
                json.WriteString("timestamp", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
                json.WritePropertyName("results");
            }

            json.WriteStartArray();
            foreach (var (entry, answer) in entries.Zip(read))
                answer.Write(json, form, entry.Name);

            json.WriteEndArray();
            if (form.HasFrame)
                json.WriteEndObject();
        }

        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var body = lease.Log.AudienceOf(caller.Member.Id) == Audience.WithCosts
            ? written.WrittenMemory
            : MoneyFilter.FilterUpstream(written.WrittenMemory);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    // The whole key must stay within what a run takes.
    private static string Numbered(string key, int index)
    {
        var numbered = string.Create(CultureInfo.InvariantCulture, $"{key}#{index}");
        return numbered.Length <= 200
            ? numbered
            : throw new HubErrorException(ErrorCodes.Invalid, "Idempotency-Key must have 1 to 198 characters for a batch.");
    }
}
