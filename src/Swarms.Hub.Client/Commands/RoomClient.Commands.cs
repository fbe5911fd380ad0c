using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>The caller in the room.</summary>
    public async Task<Member> GetMemberAsync(CancellationToken cancellationToken = default)
    {
        if (Member is { } known)
            return known;

        var room = await GetAsync<RoomWithMe>("", cancellationToken);
        Volatile.Write(ref _member, room.Me);
        return room.Me;
    }

    /// <summary>
    /// Starts a run and returns it as it is accepted. Repeats the call by itself where it may not have arrived, which is safe
    /// because it carries an idempotency key (made up where the request has none).
    /// </summary>
    public async Task<Run> StartRunAsync(StartRunRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request with { IdempotencyKey = request.IdempotencyKey ?? Guid.NewGuid().ToString("N") };
        return (await _endpoint.SendAsync<RunStarted>(HttpMethod.Post, "/runs", body, isRepeatable: true, cancellationToken)).Run;
    }

    /// <summary>Starts a run of one agent.</summary>
    public Task<Run> StartRunAsync(AgentTask task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return StartRunAsync(task.ToRequest(), cancellationToken);
    }

    /// <summary>Starts a run.</summary>
    /// <param name="request">What becomes the JSON body of the Swarms API's own call, with names as they are: <c>new { agent_config = …, task = … }</c>.</param>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="idempotencyKey">Starting twice with one key and the same request starts one run; made up if left out.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have started.</param>
    public Task<Run> StartRunAsync(object request, string kind, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        StartRunAsync(
            new StartRunRequest { Request = JsonSerializer.SerializeToElement(request), Kind = kind, IdempotencyKey = idempotencyKey },
            cancellationToken);

    /// <summary>Stops a run, keeping the text and usage so far. One that has ended is returned as it is.</summary>
    public Task<Run> CancelRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Run>(HttpMethod.Post, $"/runs/{Escape(runId)}/cancel", null, isRepeatable: true, cancellationToken);

    /// <summary>Says something in the room and returns its sequence.</summary>
    public async Task<long> SayAsync(string text, CancellationToken cancellationToken = default)
    {
        var said = await _endpoint.SendAsync<MessageSaid>(
            HttpMethod.Post, "/messages", new SayRequest { Text = text }, isRepeatable: false, cancellationToken);
        return said.Sequence;
    }

    /// <summary>
    /// Reacts to an event, by its sequence. Refused with <c>conflict</c> where the hub's history is no longer the one that was handed
    /// over: the sequence may be another event's there. Repeats the call by itself where it may not have arrived, which is safe
    /// because a second identical reaction appends nothing.
    /// </summary>
    public Task ReactAsync(long target, string emoji, CancellationToken cancellationToken = default)
    {
        var body = new ReactRequest { Target = target, Emoji = emoji, Cursor = _view.CursorFor(target) };
        return _endpoint.SendAsync(HttpMethod.Post, "/reactions", body, isRepeatable: true, cancellationToken);
    }

    /// <summary>Raises the caller's hand.</summary>
    public Task RaiseHandAsync(CancellationToken cancellationToken = default) => InvokeAsync("RaiseHand", [Id], cancellationToken);

    /// <summary>Lowers the caller's hand.</summary>
    public Task LowerHandAsync(CancellationToken cancellationToken = default) => InvokeAsync("LowerHand", [Id], cancellationToken);

    /// <summary>Makes a way into the room. Hosts.</summary>
    public Task<InviteCreated> CreateInviteAsync(CreateInviteRequest request, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<InviteCreated>(HttpMethod.Post, "/invites", request, isRepeatable: false, cancellationToken);

    /// <summary>Takes an invite back. Hosts.</summary>
    public Task RevokeInviteAsync(string inviteId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/invites/{Escape(inviteId)}", null, isRepeatable: false, cancellationToken);

    /// <summary>Changes a member's role or name. Hosts; a member may change its own name.</summary>
    public Task<Member> ChangeMemberAsync(string memberId, ChangeMemberRequest change, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Member>(HttpMethod.Patch, $"/members/{Escape(memberId)}", change, isRepeatable: true, cancellationToken);

    /// <summary>Removes a member: its tokens and connections end. Hosts.</summary>
    public Task RemoveMemberAsync(string memberId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/members/{Escape(memberId)}", null, isRepeatable: false, cancellationToken);

    /// <summary>A run with its text, however old.</summary>
    public Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        GetAsync<Run>($"/runs/{Escape(runId)}", cancellationToken);

    /// <summary>Runs, newest first, without their texts.</summary>
    /// <param name="query">Searches tasks and texts; all runs if left out.</param>
    /// <param name="before">A page's <see cref="RunPage.Next"/>; the newest if left out.</param>
    /// <param name="limit">1 to 100; 20 if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunPage> ListRunsAsync(string? query = null, string? before = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var limitText = limit?.ToString(CultureInfo.InvariantCulture);
        var parts = new[] { ("q", query), ("before", before), ("limit", limitText) }
            .Where(part => part.Item2 is not null)
            .Select(part => $"{part.Item1}={Escape(part.Item2!)}");
        return GetAsync<RunPage>("/runs?" + string.Join('&', parts), cancellationToken);
    }

    /// <summary>The room's transcript, or one run's.</summary>
    /// <param name="format">One of <see cref="TranscriptFormats"/>.</param>
    /// <param name="runId">The run; the whole room if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<string> GetTranscriptAsync(
        string format = TranscriptFormats.Markdown, string? runId = null, CancellationToken cancellationToken = default)
    {
        var run = runId is null ? "" : $"/runs/{Escape(runId)}";
        return _endpoint.GetTextAsync($"{run}/transcript?format={Escape(format)}", cancellationToken);
    }

    /// <summary>Leaves the room for good: the member's tokens end here, and so does watching.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        var me = await GetMemberAsync(cancellationToken);
        // Before the call: the hub may end the stream before it answers.
        _hasLeft = true;
        try
        {
            await RemoveMemberAsync(me.Id, cancellationToken);
        }
        catch
        {
            _hasLeft = false;
            throw;
        }
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        _endpoint.SendAsync<T>(HttpMethod.Get, path, null, isRepeatable: true, cancellationToken);

    /// <summary>
    /// Over the watch's connection, or over one of its own where there is none or it breaks at this moment: what is invoked
    /// has the same effect when it arrives twice.
    /// </summary>
    private async Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (Volatile.Read(ref _feed)?.Connection is { } open)
            {
                await open.InvokeAsync(method, arguments, cancellationToken);
                return;
            }
        }
        catch (HubClientException e) when (e.Code == HubClientException.HubUnreachable)
        {
            // The one below will say so if it is more than this connection.
        }

        await using var connection = _endpoint.Connect();
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw await _endpoint.WhyRefusedAsync(e, cancellationToken) ?? HubClientException.FromHub(e);
        }

        await connection.InvokeAsync(method, arguments, cancellationToken);
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private sealed record RoomWithMe(Member Me);
}
