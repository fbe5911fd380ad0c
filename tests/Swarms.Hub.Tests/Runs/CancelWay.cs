using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>The ways to cancel a run: by whom and over which door.</summary>
public enum CancelWay
{
    /// <summary>The starter cancels over HTTP, as both SDKs do.</summary>
    StarterOverHttp,

    /// <summary>The starter cancels over another connection than the one that started the run, which is gone.</summary>
    StarterOverSignalR,

    HostOverHttp,

    HostOverSignalR,

    /// <summary>A program at a Swarms door cancels the run that the header of its answer names.</summary>
    DoorCaller,

    /// <summary>The run ends because its room is deleted.</summary>
    RoomDeletion,
}

internal static class CancelWays
{
    /// <summary>Starts a run for this way of cancelling. An answer that is still to come is awaited until the result is disposed.</summary>
    public static async Task<IDisposable?> StartAsync(this CancelWay way, MemberCaller starter)
    {
        switch (way)
        {
            case CancelWay.StarterOverSignalR:
                await using (var connection = await HubCaller.ConnectAsync(starter))
                    await connection.InvokeAsync("StartRun", starter.Room, new { request = RunCalls.Story, kind = RunKinds.Agent });
                return null;
            case CancelWay.DoorCaller:
                var door = await DoorConnection.OpenAsync(starter.Address);
                await door.SendAsync(DoorCalls.Agent, starter.Token!, DoorCalls.Streamed);
                return door;
            default:
                await starter.StartAsync();
                return null;
        }
    }
}
