using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>On the .NET SDK, in this process.</summary>
internal sealed class DotNetProgram : SdkProgram
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HubClient _hub;
    private readonly Task _watching;

    private readonly bool _showsState;

    public DotNetProgram(Uri hub, string roomId, string token, TimeSpan serverTimeout, bool showsState = false)
    {
        _showsState = showsState;
        _hub = new HubClient(hub, new HubClientOptions { MaxReconnectDelay = TimeSpan.FromSeconds(1), ServerTimeout = serverTimeout });
        _watching = WatchAsync(_hub.OpenRoom(roomId, token));
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _hub.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(RoomClient room)
    {
        try
        {
            await foreach (var update in room.WatchAsync(_stop.Token))
                Hand(Translate(update) with { Transport = Name($"{room.Transport}"), State = _showsState ? ToJson(room.State) : null });
        }
        catch (HubClientException e)
        {
            Hand(new Handed("refused") { Code = e.Code });
        }
        finally
        {
            End();
        }
    }

    private static JsonElement? ToJson(RoomSnapshot? state) =>
        state is null ? null : JsonSerializer.SerializeToElement(state, ProtocolJson.Options);

    private static Handed Translate(RoomUpdate update) => update switch
    {
        SnapshotUpdate snapshot => new("snapshot") { Reason = snapshot.Reason },
        ResumedUpdate => new("resumed"),
        EventsUpdate { Events: var events } => new("events")
        {
            Sequences = [.. events.Select(e => e.Sequence)],
            Types = [.. events.Select(e => e.Type)],
            Content = string.Concat(events.Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString())),
        },
        ConnectionStateUpdate change =>
            new("connectionState") { ConnectionState = Name($"{change.ConnectionState}"), Code = change.Error?.Code },
        DigestUpdate digest => new("digest") { Matches = digest.Matches, Text = digest.Run.Text },
        _ => new("other"),
    };

    private static string Name(string value) => char.ToLowerInvariant(value[0]) + value[1..];
}
