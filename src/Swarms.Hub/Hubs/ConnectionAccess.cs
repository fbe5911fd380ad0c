using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>
/// Ends a connection to <c>/hub</c> when its caller loses access, with or without a stream and over every transport. Safe from any thread.
/// </summary>
internal sealed class ConnectionAccess(MemberConnections connections, IAccessStore store, SessionCookie cookie)
{
    // The openers of connections by SignalR's name for them, which is empty without negotiation.
    private readonly ConcurrentDictionary<string, byte[]> _openers = [];

    /// <summary>
    /// Runs before SignalR, and where a WebSocket can be told. Refuses a caller with too many connections, or one that opens them too fast,
    /// while the answer can still say so, and extends the page's session.
    /// </summary>
    public static void Guard(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        var access = endpoint.ApplicationServices.GetRequiredService<ConnectionAccess>();
        endpoint.RequestDelegate = context =>
            access.FindRefusal(context) is { } refusal ? HubErrorHandler.WriteAsync(context, refusal) : next(context);
    }

    /// <summary>Runs between SignalR's transports and the hub, for as long as the connection is open.</summary>
    public static Task UseAsync(ConnectionContext connection, ConnectionDelegate next) =>
        connection.GetHttpContext()!.RequestServices.GetRequiredService<ConnectionAccess>().RunAsync(connection, next);

    private HubErrorException? FindRefusal(HttpContext context)
    {
        // Later requests of long polling belong to a connection that is counted.
        RefuseOthers(context);
        var isNew = context.WebSockets.IsWebSocketRequest
            || (HttpMethods.IsPost(context.Request.Method) && !context.Request.Query.ContainsKey("id"));
        if (!isNew || context.User.FindCaller() is not { } caller)
            return null;

        if (connections.FindRefusal(caller) is { } refusal)
            return refusal;

        if (caller.Kind == CallerKind.Session && cookie.Read(context.Request) is { } session)
            cookie.Set(context, session);

        return null;
    }

    // SignalR takes every authenticated request that names the connection, and its id stands in addresses, which proxies log.
    private void RefuseOthers(HttpContext context)
    {
        if (context.Request.Query["id"] is [{ } id]
            && _openers.TryGetValue(id, out var opener)
            && !opener.AsSpan().SequenceEqual(context.User.FindCaller()?.Credential))
        {
            throw new HubErrorException(ErrorCodes.Forbidden, "This connection was opened by somebody else. Open your own.");
        }
    }

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var context = connection.GetHttpContext()!;
        var caller = context.User.FindCaller()!;
        var id = context.Request.Query["id"].ToString();
        // First of all, so that nobody else is taken for the opener meanwhile.
        _openers[id] = caller.Credential;
        try
        {
            using var registration = connections.Open(caller);
            using var ending = registration.Ended.Register(() => End(connection, registration.Reason.Code));
            // Asked again after the registration: a removal between the door and here has ended no connection.
            if (await IsStillValidAsync(caller, context.RequestAborted))
                await next(connection);
            else
                End(connection, ErrorCodes.Unauthenticated);
        }
        finally
        {
            _openers.TryRemove(id, out _);
        }
    }

    private async Task<bool> IsStillValidAsync(CallerIdentity caller, CancellationToken cancellationToken) =>
        caller.Kind switch
        {
            CallerKind.Operator => true,
            CallerKind.Embed => await store.FindEmbedAsync(caller.Credential, cancellationToken) is not null,
            _ => (await store.FindTokensAsync(caller.Credential, roomId: null, cancellationToken)).Count > 0,
        };

    private static void End(ConnectionContext connection, string code)
    {
        if (connection.Features.Get<ConnectionEnding>() is { } ending)
            ending.Name(code);
        else
            connection.Abort();
    }
}
