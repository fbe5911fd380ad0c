using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// A hub. Gives out its rooms, which end with it. One for each hub is enough. A call fails with <see cref="HubClientException"/>.
/// Thread-safe. A call may be waited for on any thread: nothing here needs its caller's context.
/// </summary>
/// <example>
/// <code>
/// await using var hub = new HubClient(new Uri("http://localhost:5080"));
/// var room = await hub.CreateRoomAsync("Story time", "Ada");
/// var run = await room.StartRunAsync(new AgentTask("Tell a short story.", "Storyteller"));
/// var shown = 0;
/// await foreach (var update in room.WatchAsync())
/// {
///     if (room.State?.FindRun(run.Id) is not { Text: { } text } now)
///         continue;
///
///     Console.Write(text[Math.Min(shown, text.Length)..]);
///     shown = text.Length;
///     if (now.EndedAt is not null)
///         break;
/// }
/// </code>
/// </example>
public sealed class HubClient : IDisposable, IAsyncDisposable
{
    /// <summary>Codes are short so that they can be read out; secrets are not.</summary>
    private const int MaxCodeLength = 16;

    private readonly HubApi _api;

    /// <summary>A hub at an address such as <c>http://localhost:5080</c>. Nothing is sent yet.</summary>
    public HubClient(Uri address, HubClientOptions? options = null)
        : this(address, options ??= new HubClientOptions(), new OwnHandler(options))
    {
    }

    internal HubClient(Uri address, HubClientOptions options, HubHandler handler) => _api = new HubApi(address, options, handler);

    /// <summary>The hub's address; ends with a slash.</summary>
    public Uri Address => _api.Address("");

    /// <summary>Creates a room; the caller is its host.</summary>
    /// <param name="name">The room's name: 1 to 200 characters.</param>
    /// <param name="memberName">The caller's name in it: 1 to 100 characters; the hub's choice if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RoomClient> CreateRoomAsync(string name, string? memberName = null, CancellationToken cancellationToken = default)
    {
        var body = new CreateRoomRequest { Name = name, MemberName = memberName };
        var call = new HubCall(HttpMethod.Post, "api/rooms", _api.Options.OperatorKey, body);
        return Admit(await _api.SendAsync<RoomAdmission>(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Joins a room. A taken name is refused; <see cref="HubClientException.Suggestion"/> is then a free one.</summary>
    /// <param name="invite">The invite's url, the secret behind the url's <c>#</c>, or the invite's short code.</param>
    /// <param name="name">The caller's name in the room: 1 to 100 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RoomClient> JoinAsync(string invite, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invite);
        var call = new HubCall(HttpMethod.Post, "api/join", Body: ReadInvite(invite.Trim()) with { Name = name });
        return Admit(await _api.SendAsync<RoomAdmission>(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Joins a room again as the member of a token: with its name, its runs and that token. It gets the invite's role where that is higher.
    /// </summary>
    /// <param name="invite">The invite's url, the secret behind the url's <c>#</c>, or the invite's short code.</param>
    /// <param name="token">The token from an earlier admission.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">No header carries the token: it has other characters than visible ASCII.</exception>
    public async Task<RoomClient> RejoinAsync(string invite, string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invite);
        HeaderValue.Require(token, nameof(token));
        var call = new HubCall(HttpMethod.Post, "api/join", token, ReadInvite(invite.Trim()));
        return Admit(await _api.SendAsync<RoomAdmission>(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The room and the hosts that an invite leads to. Nothing is used up.</summary>
    /// <param name="invite">The invite's url, the secret behind the url's <c>#</c>, or the invite's short code.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<InviteLook> LookAtInviteAsync(string invite, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invite);
        var read = ReadInvite(invite.Trim());
        var body = new LookAtInviteRequest { Invite = read.Invite, Code = read.Code };
        return _api.SendAsync<InviteLook>(new HubCall(HttpMethod.Post, "api/invites/look", Body: body), cancellationToken);
    }

    /// <summary>Opens a return link: the caller is the member again who made it. The link is used up.</summary>
    /// <param name="link">The link, or the secret behind its <c>#</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RoomClient> ReturnAsync(string link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        var secret = link.Trim();
        var body = new ReturnRequest { Secret = secret[(secret.IndexOf('#', StringComparison.Ordinal) + 1)..] };
        var call = new HubCall(HttpMethod.Post, "api/return", Body: body);
        return Admit(await _api.SendAsync<RoomAdmission>(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A room that the caller was admitted to before. Nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">No header carries the token: it has other characters than visible ASCII.</exception>
    public RoomClient OpenRoom(string roomId, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(roomId);
        HeaderValue.Require(token, nameof(token));
        _api.ThrowIfDisposed();
        return new RoomClient(new RoomEndpoint(_api, roomId, token), null);
    }

    /// <summary>
    /// Opens the run of an embed with its token, to watch it like a room: its only run is that one. Calls other than the watch are refused.
    /// Nothing is sent yet.
    /// </summary>
    /// <exception cref="ArgumentException">No header carries the token: it has other characters than visible ASCII.</exception>
    public RoomClient OpenRun(string runId, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        HeaderValue.Require(token, nameof(token));
        _api.ThrowIfDisposed();
        return new RoomClient(new RoomEndpoint(_api, runId, token, isOfEmbed: true), null);
    }

    /// <summary>The hub's description of itself.</summary>
    public Task<ServerDescription> GetServerAsync(CancellationToken cancellationToken = default) =>
        _api.SendAsync<ServerDescription>(new HubCall(HttpMethod.Get, "api/server"), cancellationToken);

    /// <summary>The state of the hub, for its operator. It takes the operator's key where creating rooms does.</summary>
    public Task<HubOverview> GetOverviewAsync(CancellationToken cancellationToken = default) =>
        _api.SendAsync<HubOverview>(
            new HubCall(HttpMethod.Get, "api/overview", _api.Options.OperatorKey), cancellationToken);

    /// <summary>
    /// Ends the client and all that is under way. Watches end as if they were cancelled; calls fail with
    /// <see cref="ObjectDisposedException"/>, and so does every later one.
    /// </summary>
    public void Dispose() => _api.Dispose();

    /// <summary>Ends the client as <see cref="Dispose"/> does, and waits until the connections of its watches are closed.</summary>
    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private RoomClient Admit(RoomAdmission admission) =>
        new(new RoomEndpoint(_api, admission.Room.Id, admission.Token ?? ""), admission.Member);

    private static JoinRequest ReadInvite(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
            return new JoinRequest { Invite = text[(hash + 1)..] };

        return text.Length <= MaxCodeLength ? new JoinRequest { Code = text } : new JoinRequest { Invite = text };
    }
}
