using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.Fakes;

internal sealed class FakeRoomHub(FakeHub hub) : Hub<IRoomViewer>
{
    public override Task OnConnectedAsync()
    {
        hub.Connections++;
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<object> WatchRoom(
        string roomId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = Context.GetHttpContext()!;
        // A connection without a WebSocket has none to close with a code.
        var socket = context.Features.Get<IHttpWebSocketFeature>() as KeptWebSocket;
        var viewer = new FakeViewer(
            roomId, cursor, context.Request.Headers.Authorization, Context.Abort, (code, reason) => socket!.CloseAsync(code, reason));
        hub.Add(viewer);
        try
        {
            await foreach (var frame in viewer.Frames.ReadAllAsync(cancellationToken))
                yield return frame;
        }
        finally
        {
            viewer.End();
        }
    }

    public Task RaiseHand(string roomId) => InvokedAsync($"RaiseHand {roomId}");

    public Task LowerHand(string roomId) => InvokedAsync($"LowerHand {roomId}");

    private Task InvokedAsync(string invocation)
    {
        hub.Invocations.Enqueue(invocation);
        if (hub.FailInvocationsWith is { } failure)
            throw new HubException(failure);

        if (hub.OnInvocation is not { } told)
            return Task.CompletedTask;

        told();
        return Task.Delay(Timeout.InfiniteTimeSpan, Context.ConnectionAborted);
    }
}
