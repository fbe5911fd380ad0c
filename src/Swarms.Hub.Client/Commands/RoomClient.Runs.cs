using System.Globalization;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// Starts a run and returns it as it is accepted. Repeats the call by itself where it may not have arrived, which is safe because
    /// it carries an idempotency key (made up where the request has none).
    /// </summary>
    public async Task<Run> StartRunAsync(StartRunRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request with { IdempotencyKey = request.IdempotencyKey ?? Guid.NewGuid().ToString("N") };
        var started = await _endpoint.SendAsync<RunStarted>(HttpMethod.Post, "/runs", body, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false);
        return started.Run;
    }

    /// <summary>Starts a run of one agent.</summary>
    public Task<Run> StartRunAsync(AgentTask task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return StartRunAsync(task.ToRequest(), cancellationToken);
    }

    /// <summary>Starts a run.</summary>
    /// <param name="request">
    /// The JSON body of the Swarms API's own call, such as <c>new JsonObject { ["agent_config"] = …, ["task"] = … }</c>.
    /// </param>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="idempotencyKey">Starting twice with one key and the same request starts one run; made up if left out.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have started.</param>
    public Task<Run> StartRunAsync(
        JsonObject request, string kind, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return StartRunAsync(
            new StartRunRequest { Request = WireTypes.ToElement(request), Kind = kind, IdempotencyKey = idempotencyKey },
            cancellationToken);
    }

    /// <summary>Stops a run, keeping the text and usage so far. One that has ended is returned as it is.</summary>
    public Task<Run> CancelRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Run>(HttpMethod.Post, $"/runs/{Escape(runId)}/cancel", null, isRepeatable: true, cancellationToken);

    /// <summary>
    /// Approves a proposal and returns it as it is queued. Of two decisions the first counts; the other is refused with <c>conflict</c>.
    /// Hosts.
    /// </summary>
    /// <param name="runId">The proposal.</param>
    /// <param name="task">The task to send in place of the proposer's; the proposer's own if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Run> ApproveRunAsync(string runId, string? task = null, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Run>(
            HttpMethod.Post, $"/runs/{Escape(runId)}/approve", new ApproveRunRequest { Task = task }, isRepeatable: false,
            cancellationToken);

    /// <summary>Declines a proposal and returns it with its ending. The room sees the reason. Hosts.</summary>
    public Task<Run> DeclineRunAsync(string runId, string? reason = null, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Run>(
            HttpMethod.Post, $"/runs/{Escape(runId)}/decline", new DeclineRunRequest { Reason = reason }, isRepeatable: false,
            cancellationToken);

    /// <summary>Puts a proposal before another one, or at the end. Hosts.</summary>
    public Task PlaceRunAsync(string runId, string? before = null, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(
            HttpMethod.Post, $"/runs/{Escape(runId)}/place", new PlaceRunRequest { Before = before }, isRepeatable: true,
            cancellationToken);

    /// <summary>Supports a proposal; a second time changes nothing.</summary>
    public Task SupportRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Put, $"/runs/{Escape(runId)}/support", null, isRepeatable: true, cancellationToken);

    /// <summary>Takes the support of a proposal back.</summary>
    public Task UnsupportRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/runs/{Escape(runId)}/support", null, isRepeatable: true, cancellationToken);

    /// <summary>Hides a run that has ended: clients do not show its task and text. Hosts.</summary>
    public Task HideRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Post, $"/runs/{Escape(runId)}/hide", null, isRepeatable: true, cancellationToken);

    /// <summary>Shows a hidden run again. Hosts.</summary>
    public Task ShowRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Post, $"/runs/{Escape(runId)}/show", null, isRepeatable: true, cancellationToken);

    /// <summary>Removes a run that has ended: its task and text are erased. Hosts.</summary>
    public Task RemoveRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/runs/{Escape(runId)}", null, isRepeatable: true, cancellationToken);

    /// <summary>A run with its text, however old.</summary>
    public Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Run>(HttpMethod.Get, $"/runs/{Escape(runId)}", null, isRepeatable: true, cancellationToken);

    /// <summary>Finds the passage at a place in a run's text, to quote it or to react to it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="start">The first UTF-16 unit in its text.</param>
    /// <param name="end">The unit behind the last one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunPassage> FindPassageAsync(string runId, int start, int end, CancellationToken cancellationToken = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/runs/{Escape(runId)}/passage?start={start}&end={end}");
        return _endpoint.SendAsync<RunPassage>(HttpMethod.Get, path, null, isRepeatable: true, cancellationToken);
    }

    /// <summary>The place and the text of a passage that a message quotes or a reaction is for.</summary>
    public Task<RunPassage> GetPassageAsync(Passage passage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(passage);
        var (run, from, fromOffset, to, toOffset) = passage;
        var query = string.Create(
            CultureInfo.InvariantCulture, $"from={from}&fromOffset={fromOffset}&to={to}&toOffset={toOffset}");
        return _endpoint.SendAsync<RunPassage>(
            HttpMethod.Get, $"/runs/{Escape(run)}/passage?{query}", null, isRepeatable: true, cancellationToken);
    }

    /// <summary>Runs, newest first, without their texts.</summary>
    /// <param name="query">Words to find, as <see cref="SearchAsync"/> takes them; all runs if left out.</param>
    /// <param name="before">A page's <see cref="RunPage.Next"/>; the newest if left out.</param>
    /// <param name="limit">1 to 100; 20 if left out.</param>
    /// <param name="thread">The id of a thread's first run; all threads if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunPage> ListRunsAsync(
        string? query = null, string? before = null, int? limit = null, string? thread = null,
        CancellationToken cancellationToken = default)
    {
        var limitText = limit?.ToString(CultureInfo.InvariantCulture);
        var parts = new[] { ("q", query), ("thread", thread), ("before", before), ("limit", limitText) }
            .Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1}={Escape(part.Item2!)}");
        return _endpoint.SendAsync<RunPage>(
            HttpMethod.Get, "/runs?" + string.Join('&', parts), null, isRepeatable: true, cancellationToken);
    }
}
