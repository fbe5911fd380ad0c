using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cases;

/// <summary>The program of a feed case: all callbacks are set, and each update is compared with the callbacks before it.</summary>
internal sealed class CaseProgram : IAsyncDisposable
{
    private readonly RoomClient _room;
    private readonly bool _waits;
    private readonly List<string> _told = [];
    private readonly List<Task> _watches = [];
    private Channel<JsonObject> _handed = Channel.CreateUnbounded<JsonObject>();
    private CancellationTokenSource _stop = new();
    private SemaphoreSlim _turns = new(0);
    private bool _isComing;

    public CaseProgram(RoomClient room, bool waits)
    {
        _room = room;
        _waits = waits;
        room.Updated += (_, update) => _told.Add($"update {Kind(update)}");
        room.EventReceived += (_, roomEvent) => _told.Add($"event {roomEvent.Sequence}");
        room.PresenceChanged += (_, presence) => _told.Add($"presence {presence.Presence.Viewers}");
        room.WatchingChanged += (_, watching) => _told.Add($"watching {watching.Watching.Members.Count}");
        room.StorageAvailabilityChanged += (_, storage) => _told.Add($"storage {storage.IsAvailable}");
        room.ConnectionStateChanged += (_, change) => _told.Add($"connectionState {change.ConnectionState}");
    }

    /// <summary>How the newest watch ended: completes, or fails with the refusal.</summary>
    public Task Ended => _watches[^1].InTime();

    /// <summary>Whether more was handed over than was asked for.</summary>
    public bool HasMore => _handed.Reader.TryPeek(out _);

    public void Watch()
    {
        _handed = Channel.CreateUnbounded<JsonObject>();
        _stop = new CancellationTokenSource();
        _turns = new SemaphoreSlim(0);
        _watches.Add(WatchAsync(_handed.Writer, _turns, _stop.Token));
        _isComing = false;
        ComeBack();
    }

    public void Stop() => _stop.Cancel();

    /// <summary>Lets a program that waits take the next update.</summary>
    public void ComeBack()
    {
        if (_isComing)
            return;

        _isComing = true;
        _turns.Release();
    }

    /// <summary>The next update, as the cases have it.</summary>
    public async Task<JsonObject> TakeAsync()
    {
        ComeBack();
        var handed = await _handed.Reader.ReadAsync().InTime();
        _isComing = false;
        return handed;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _turns.Dispose();
    }

    private async Task WatchAsync(ChannelWriter<JsonObject> handed, SemaphoreSlim turns, CancellationToken stop)
    {
        try
        {
            await turns.WaitAsync(stop);
            await foreach (var update in _room.WatchAsync(stop))
            {
                Assert.Equal(CallbacksOf(update), _told);
                _told.Clear();
                handed.TryWrite(InWords(update));
                if (_waits)
                    await turns.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stopped it.
        }
        catch (Exception e)
        {
            // A test that waits for more must not wait in vain.
            handed.TryComplete(e);
            throw;
        }
    }

    private static JsonObject InWords(RoomUpdate update) => update switch
    {
        SnapshotUpdate snapshot => new() { ["snapshot"] = snapshot.Reason },
        ResumedUpdate => new() { ["resumed"] = true },
        EventsUpdate { Events: var events } => new() { ["events"] = new JsonArray([.. events.Select(e => JsonValue.Create(e.Sequence))]) },
        ConnectionStateUpdate { Error: { } error } change =>
            new() { ["connectionState"] = Name(change.ConnectionState), ["code"] = error.Code, ["message"] = error.Message },
        ConnectionStateUpdate change => new() { ["connectionState"] = Name(change.ConnectionState) },
        PresenceUpdate { Presence: { Members.Count: 0 } presence } => new() { ["presence"] = presence.Viewers },
        PresenceUpdate { Presence: var presence } => new()
        {
            ["presence"] = presence.Viewers,
            ["members"] = new JsonObject(presence.Members.Select(member => KeyValuePair.Create(member.Id, (JsonNode?)member.Connections))),
        },
        WatchingUpdate { Watching: var watching } =>
            new() { ["watching"] = JsonSerializer.SerializeToNode(watching.Members, ProtocolJson.Options) },
        StorageUpdate storage => new() { ["storage"] = storage.IsAvailable },
        DigestUpdate digest => new() { ["digest"] = digest.Run.Id, ["matches"] = digest.Matches },
        _ => throw new NotSupportedException($"{update}"),
    };

    private static IEnumerable<string> CallbacksOf(RoomUpdate update)
    {
        IEnumerable<string> more = update switch
        {
            EventsUpdate { Events: var events } => events.Select(roomEvent => $"event {roomEvent.Sequence}"),
            PresenceUpdate { Presence: var presence } => [$"presence {presence.Viewers}"],
            WatchingUpdate { Watching: var watching } => [$"watching {watching.Members.Count}"],
            StorageUpdate storage => [$"storage {storage.IsAvailable}"],
            ConnectionStateUpdate change => [$"connectionState {change.ConnectionState}"],
            _ => [],
        };
        return more.Prepend($"update {Kind(update)}");
    }

    private static string Kind(RoomUpdate update) => update.GetType().Name;

    /// <summary>As the cases have it.</summary>
    public static string Name(ConnectionState state) => char.ToLowerInvariant($"{state}"[0]) + $"{state}"[1..];
}
