using System.Runtime.CompilerServices;
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

    public async IAsyncEnumerable<object> WatchRoom(string roomId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var viewer = new FakeViewer(roomId, cursor, Context.GetHttpContext()?.Request.Headers.Authorization, Context.Abort);
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

    public void RaiseHand(string roomId) => Invoked($"RaiseHand {roomId}");

    public void LowerHand(string roomId) => Invoked($"LowerHand {roomId}");

    private void Invoked(string invocation)
    {
        hub.Invocations.Enqueue(invocation);
        if (hub.FailInvocationsWith is { } failure)
            throw new HubException(failure);
    }
}
