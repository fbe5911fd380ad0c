using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>Who cancels, and over what.</summary>
public enum CancelWay
{
    /// <summary>As both SDKs do it.</summary>
    StarterOverHttp,

    /// <summary>Over another connection than the one that started the run, which is gone.</summary>
    StarterOverSignalR,

    HostOverHttp,

    HostOverSignalR,

    /// <summary>The program behind a Swarms door, which knows its run by the header of its answer.</summary>
    DoorCaller,

    /// <summary>Nobody asked for the run to end, but its room is gone.</summary>
    RoomDeletion,
}

internal static class CancelWays
{
    /// <summary>Starts a run as whoever will cancel it, or will have it cancelled. The answer, if that is still to come, is waited for until disposed.</summary>
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
