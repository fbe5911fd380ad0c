namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Raises the caller's hand.</summary>
    public Task RaiseHandAsync(CancellationToken cancellationToken = default) => InvokeAsync("RaiseHand", cancellationToken);

    /// <summary>Lowers the caller's hand.</summary>
    public Task LowerHandAsync(CancellationToken cancellationToken = default) => InvokeAsync("LowerHand", cancellationToken);

    /// <summary>Lowers a member's hand. Hosts; a member may lower its own.</summary>
    public Task LowerHandAsync(string memberId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/hands/{Escape(memberId)}", null, isRepeatable: true, cancellationToken);

    /// <summary>Lowers all hands. Hosts.</summary>
    public Task LowerAllHandsAsync(CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, "/hands", null, isRepeatable: true, cancellationToken);

    private async Task InvokeAsync(string method, CancellationToken cancellationToken)
    {
        _endpoint.ThrowIfDisposed();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _endpoint.Stopping);
        try
        {
            await InvokeAsyncCore(method, either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _endpoint.ThrowIfDisposed();
            throw;
        }
    }

    /// <summary>
    /// Calls the hub over the watch's connection. Opens one for the call where there is none or it breaks: a hand that is raised twice is
    /// raised once.
    /// </summary>
    private async Task InvokeAsyncCore(string method, CancellationToken cancellationToken)
    {
        try
        {
            if (Volatile.Read(ref _watch)?.Connection is { } open)
            {
                await open.InvokeAsync(method, [Id], cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (HubClientException e) when (e.Code == HubClientException.HubUnreachable)
        {
            // The connection below fails too where it is more than this one.
        }

        var connection = _endpoint.Connect();
        await using (connection.ConfigureAwait(false))
        {
            await _endpoint.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
            await connection.InvokeAsync(method, [Id], cancellationToken).ConfigureAwait(false);
        }
    }
}
