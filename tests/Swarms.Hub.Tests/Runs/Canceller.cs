using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>A caller with an open connection that is about to cancel: the second of a cancel begins with the request.</summary>
internal sealed class Canceller : IAsyncDisposable
{
    private readonly CancelWay _way;
    private readonly MemberCaller _host;
    private readonly MemberCaller _caller;
    private readonly HubCaller? _connection;

    private Canceller(CancelWay way, MemberCaller host, MemberCaller caller, HubCaller? connection) =>
        (_way, _host, _caller, _connection) = (way, host, caller, connection);

    /// <summary>The member that the ending names.</summary>
    public string Member => _caller.Member;

    public static async Task<Canceller> ConnectAsync(CancelWay way, MemberCaller host, MemberCaller starter)
    {
        var caller = way is CancelWay.HostOverHttp or CancelWay.HostOverSignalR ? host : starter;
        var connection = way is CancelWay.StarterOverSignalR or CancelWay.HostOverSignalR ? await HubCaller.ConnectAsync(caller) : null;
        return new Canceller(way, host, caller, connection);
    }

    /// <summary>Returns when the hub has answered.</summary>
    public async Task CancelAsync(string run)
    {
        if (_way == CancelWay.RoomDeletion)
        {
            Assert.Equal(204, (await _host.DeleteAsync(_host.Path)).Status);
            return;
        }

        var cancelled = _connection is null
            ? await _caller.CancelAsync(run)
            : (await _connection.InvokeAsync("CancelRun", _host.Room, run)).Deserialize<Run>(ProtocolJson.Options)!;
        Assert.Equal(EventTypes.Cancelled, cancelled.State);
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
