using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Swarms.Hub.Client;

/// <summary>The way of one member to one room, or of an embed's reader to its run.</summary>
internal sealed class RoomEndpoint(HubApi api, string roomId, string token, bool isOfEmbed = false)
{
    private readonly RunningTasks _running = new();
    private volatile bool _isClosed;

    /// <summary>The wait for an answer to a small call; the next attempt asks again.</summary>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(3);

    public string RoomId => roomId;

    /// <summary>True for an embed, whose run has the room's place.</summary>
    public bool IsOfEmbed => isOfEmbed;

    /// <summary>The way of the same member to a lane.</summary>
    public RoomEndpoint ToLane(string lane) => new(api, lane, token);

    public string Token => token;

    public HubClientOptions Options => api.Options;

    /// <summary>Cancelled when the client is disposed of.</summary>
    public CancellationToken Stopping => api.Stopping;

    /// <summary>Refuses every later call and connection with <see cref="ObjectDisposedException"/>.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Waits until the connections of its watches are closed.</summary>
    public Task WaitAsync() => _running.WaitAsync();

    public void ThrowIfDisposed()
    {
        api.ThrowIfDisposed();
        ObjectDisposedException.ThrowIf(_isClosed, typeof(RoomClient));
    }

    /// <summary>A logger of the client's log.</summary>
    public ILogger CreateLogger<T>() => (ILogger?)Options.LoggerFactory?.CreateLogger<T>() ?? NullLogger.Instance;

    /// <summary>Lets the disposal of the client and of the room wait for a task.</summary>
    public Task<T> Track<T>(Task<T> task) => _running.Track(api.Track(task));

    /// <summary>A new connection, not yet open, by the transport whose turn it is.</summary>
    public SignalRConnection Connect()
    {
        ThrowIfDisposed();
        return api.Connect(token, api.Transports.Next);
    }

    /// <summary>
    /// Opens a connection; false where the network passes no WebSockets, and the next one does without. Fails with the hub's own refusal,
    /// where it can be asked for one.
    /// </summary>
    public async Task<bool> OpenAsync(SignalRConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (connection.Transport == ConnectionTransport.WebSockets)
                api.Transports.Opened();

            return true;
        }
        catch (HubClientException e) when (e.Code != HubClientException.HubUnreachable)
        {
            // No ticket was given.
            throw;
        }
        catch (Exception e) when (NetworkFault.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            var isWebSocket = connection.Transport == ConnectionTransport.WebSockets;
            // A dead network lets a WebSocket wait as well, and would let the question wait.
            var isRefused = connection.IsRefused || (isWebSocket && connection.IsLate && !api.Transports.HasOpened);
            var isAnswered = isRefused || e is HttpRequestException { StatusCode: not null };
            if (!isAnswered || !await AnswersAsync(cancellationToken).ConfigureAwait(false) || !isRefused)
                throw api.Unreachable(e);

            return api.Transports.Refused() ? false : throw api.Unconnected(e);
        }
    }

    /// <summary>Tries whether WebSockets open again.</summary>
    public async Task<bool> PassesWebSocketsAsync(CancellationToken cancellationToken)
    {
        var trial = api.Connect(token, ConnectionTransport.WebSockets);
        await using (trial.ConfigureAwait(false))
        {
            try
            {
                await trial.OpenAsync(cancellationToken).ConfigureAwait(false);
                api.Transports.Opened();
                return true;
            }
            catch (Exception e) when (NetworkFault.Is(e) && !cancellationToken.IsCancellationRequested)
            {
                api.Transports.Refused();
                return false;
            }
        }
    }

    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return await api.SendAsync<T>(Call(method, path, body, isRepeatable), cancellationToken).ConfigureAwait(false);
    }

    public async Task SendAsync(HttpMethod method, string path, object? body, bool isRepeatable, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        await api.SendAsync(Call(method, path, body, isRepeatable), cancellationToken).ConfigureAwait(false);
    }

    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return await api.GetTextAsync(Call(HttpMethod.Get, path, null, isRepeatable: true), cancellationToken).ConfigureAwait(false);
    }

    public async Task CopyToAsync(string path, Stream destination, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        await api.CopyToAsync(Call(HttpMethod.Get, path, null, isRepeatable: true), destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the hub answers calls, asked because a connection that is refused does not say why. Throws the refusal of the call.
    /// </summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var patience = Options.ConnectTimeout < LongestQuestion ? Options.ConnectTimeout : LongestQuestion;
        using var tooLate = new CancellationTokenSource(patience, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            var question = isOfEmbed
                ? new HubCall(HttpMethod.Get, $"api/embed/{Uri.EscapeDataString(roomId)}", token)
                : Call(HttpMethod.Get, "/runs?limit=1", null, isRepeatable: false);
            await api.SendAsync(question, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (HubClientException e) when (e.Code == HubClientException.HubUnreachable)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private HubCall Call(HttpMethod method, string path, object? body, bool isRepeatable) =>
        new(method, $"api/rooms/{Uri.EscapeDataString(roomId)}{path}", token, body, isRepeatable);
}
