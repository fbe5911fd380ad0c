using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Gives runs that continue or supersede another their place in its thread, and refuses what cannot go on. Safe from any thread.
/// <see cref="ThreadHistories"/> composes what the upstream gets.
/// </summary>
internal sealed class RunThreads(
    IRoomDirectory rooms, IRoomStore store, ThreadTurns turns, IncludedMessages messages, IOptions<ThreadOptions> options)
{
    /// <summary>The most turns from a thread's first run to its last.</summary>
    public const int MaxDepth = 1_000;

    private const int PageSize = 100;

    private readonly IdempotencyGate _attempts = new();

    /// <summary>
    /// Returns the start with the agent of the run that it names, and with that run's task, where it gives none. Fails with
    /// <c>invalid</c> if there is nothing to take, and as <see cref="PlaceAsync"/> does.
    /// </summary>
    public async Task<AgentStart> FillAsync(string roomId, AgentStart start, CancellationToken cancellationToken)
    {
        if (start is { IsAgentLeftOut: false, IsTaskLeftOut: false } || start.Thread?.Named is not { } id)
            return start;

        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        var named = await FindNamedAsync(lease.Log, id, Run.MaxTaskLength, cancellationToken);
        var agent = start.IsAgentLeftOut ? AgentOf(named) : start.Agent;
        return start.IsTaskLeftOut
            ? await FillAsync(lease.Log, start, agent, named, cancellationToken)
            : start.Fill(agent, start.Task, message: null);
    }

    /// <summary>
    /// Returns the place of a run that is about to start; the caller disposes it once the run is recorded. Fails with <c>not_found</c>,
    /// <c>conflict</c>, <c>too_large</c> or <c>invalid</c>, as PROTOCOL.md says.
    /// </summary>
    public async Task<ThreadPlace> PlaceAsync(string roomId, string runId, RunRequest request, CancellationToken cancellationToken)
    {
        if ((request.Origin?.Thread ?? request.Thread) is not { } start)
            return ThreadPlace.None;

        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        if (start.Include is { } include)
            await messages.RequireAsync(lease.Log, include, cancellationToken);

        if (start.Named is not { } id)
        {
            RequireNoHistory(request);
            return new ThreadPlace(new RunThread(runId, 1) { Include = start.Include });
        }

        var named = (await FindNamedAsync(lease.Log, id, 0, cancellationToken)).Run;
        var thread = new RunThread(named.Thread?.Root ?? named.Id, named.Thread?.Turn ?? 1)
        {
            Continues = named.Thread?.Continues,
            Supersedes = start.Supersedes,
            Include = start.Include,
        };
        if (start.Supersedes is null)
            thread = thread with { Turn = thread.Turn + 1, Continues = named.Id };

        if (thread.Turn > MaxDepth)
            throw new HubErrorException(ErrorCodes.TooLarge, $"A thread has at most {MaxDepth} turns. Start a new one.");

        if (thread.Continues is not null || thread.Include is not null)
            RequireNoHistory(request);

        return thread.Continues is { } continued
            ? await ContinueAsync(lease.Log, thread, continued, cancellationToken)
            : new ThreadPlace(thread);
    }

    /// <summary>
    /// Returns the places of the runs of a group, which all continue the same run. Together they are one attempt. Fails as
    /// <see cref="PlaceAsync"/> does.
    /// </summary>
    public async Task<IReadOnlyList<ThreadPlace>> PlaceAllAsync(
        string roomId, IReadOnlyList<(string RunId, RunRequest Request)> runs, CancellationToken cancellationToken)
    {
        var (firstId, firstRequest) = runs[0];
        var first = await PlaceAsync(roomId, firstId, firstRequest, cancellationToken);
        try
        {
            return [first, .. runs.Skip(1).Select(run => Beside(first.Thread, firstId, run.RunId, run.Request))];
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private static ThreadPlace Beside(RunThread? first, string firstId, string runId, RunRequest request)
    {
        if (first is null)
            return ThreadPlace.None;

        RequireNoHistory(request);
        return new ThreadPlace(first.Root == firstId ? first with { Root = runId } : first);
    }

    private static string AgentOf(ThreadTurn named) => named.Run switch
    {
        { Agent.Id: { } agent } => agent,
        { Group: not null, Agent: { Name: null, Model: null } } =>
            throw Invalid("Nobody knows yet which agent gave that answer. Name an agent, or wait until a host reveals its group."),
        _ => throw Invalid("That run was not started by an agent of the room. Name an agent, or send a request of your own."),
    };

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);

    private static void RequireNoHistory(RunRequest request)
    {
        var field = HistoryBody.FieldOf(request.Kind);
        if (HistoryBody.Find(request) is { Type: not (JsonTokenType.None or JsonTokenType.Null) })
            throw Invalid($"The request has {field} itself. Leave that out, or start it without continues, supersedes and include.");
    }

    private async Task<AgentStart> FillAsync(
        RoomLog log, AgentStart start, string agent, ThreadTurn named, CancellationToken cancellationToken)
    {
        var run = named.Run;
        if (run is { Message: { } sequence, Task: "" })
        {
            return await messages.FindAsync(log, sequence, cancellationToken) is { } message
                ? start.Fill(agent, message.Text, sequence)
                : throw new HubErrorException(ErrorCodes.Conflict, "The message that the run answers was removed. Give another task.");
        }

        return run.TaskLength is null
            ? start.Fill(agent, run.Task, message: null)
            : throw Invalid($"The hub keeps {Run.MaxTaskLength} characters of a task, and this one is longer. Give the task again.");
    }

    private async Task<ThreadTurn> FindNamedAsync(RoomLog log, string id, long maxBytes, CancellationToken cancellationToken)
    {
        var named = await turns.FindAsync(log, id, maxBytes, cancellationToken)
            ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such run in this room.");
        if (named.IsRemoved)
            throw new HubErrorException(ErrorCodes.Conflict, "The run was removed, so nothing goes on from it.");

        return RunStates.HasEnded(named.Run.State)
            ? named
            : throw new HubErrorException(ErrorCodes.Conflict, "The run has not ended: wait for its end, or cancel it first.");
    }

    private async Task<ThreadPlace> ContinueAsync(
        RoomLog log, RunThread thread, string continued, CancellationToken cancellationToken)
    {
        // Of a run that supersedes another, the run before both may be removed: its history has the turns that are left.
        if (await turns.FindAsync(log, continued, 0, cancellationToken) is not { } turn)
            return new ThreadPlace(thread);

        if (turn.Bytes > options.Value.MaxBytes)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge,
                $"The run to continue has {turn.Bytes} bytes; at most {options.Value.MaxBytes} go along (Threads:MaxBytes).");
        }

        if (turn.Run.State == EventTypes.Done)
            return new ThreadPlace(thread);

        var place = await _attempts.TakeAsync(log.Id, continued, cancellationToken);
        try
        {
            var attempt = (turn.Run.Thread?.Attempt ?? 0) + await CountAsync(log, turn.Run, cancellationToken) + 1;
            if (attempt > options.Value.MaxAttempts)
            {
                throw new HubErrorException(
                    ErrorCodes.TooLarge,
                    $"At most {options.Value.MaxAttempts} runs go on from one that did not finish (Threads:MaxAttempts). "
                    + "Continue an earlier turn, or start anew.");
            }

            return new ThreadPlace(thread with { Attempt = attempt }, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    // Counts the runs that went on from this one. A run that ended before its turn came was no attempt.
    private async Task<int> CountAsync(RoomLog log, Run continued, CancellationToken cancellationToken)
    {
        // A room that still has a run has all that came after it. No text is built under its lock: open runs count as they are.
        var here = log.Query(state => state.FindRun(continued.Id) is null
            ? (int?)null
            : state.Runs.Count(run => run.Thread?.Continues == continued.Id && (!run.HasEnded || run.HasStarted)));
        if (here is { } known)
            return known;

        var count = 0;
        var filter = new RunFilter { Thread = continued.Thread?.Root ?? continued.Id };
        while (await store.ListRunsAsync(log.Id, filter, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            count += page.Count(run =>
                run.Thread?.Continues == continued.Id && (!RunStates.HasEnded(run.State) || run.StartedAt is not null));
            if (page.Count < PageSize || page.Any(run => run.Id == continued.Id))
                break;

            filter = filter with { Before = page[^1].Id };
        }

        return count;
    }
}
