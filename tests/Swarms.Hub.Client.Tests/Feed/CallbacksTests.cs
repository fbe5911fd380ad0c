using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class CallbacksTests : RoomClientTestBase
{
    public static TheoryData<string> Kinds => ["update", "event", "presence", "storage", "connection"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Callback_That_Throws_Is_Reported_And_Disturbs_Nothing(string kind)
    {
        var room = OpenRoom();
        var errors = new List<Exception>();
        room.CallbackFailed += (_, error) => errors.Add(error);
        Throw(room, kind);
        var told = Listen(room);
        var watch = Watch(room);
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 4), Storage(4, false));
        await watch.NextAsync<StorageUpdate>();
        await Hub.AnnounceAsync("room1", new RoomPresence { Viewers = 2, Members = [] });
        await watch.NextAsync<PresenceUpdate>();
        viewer.Cut();
        (await Hub.NextViewerAsync()).Send(Resumed(4), Saying(5, 5));
        await watch.UntilAsync(5);

        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal(kind, Assert.IsType<FormatException>(error).Message));
        Assert.Equal(["event 3", "event 4", "event 5"], told.Where(word => word.StartsWith("event", StringComparison.Ordinal)));
        Assert.Equal(["storage False", "storage True"], told.Where(word => word.StartsWith("storage", StringComparison.Ordinal)));
        Assert.Contains("2 viewers", told);
        Assert.Equal(
            ["CatchingUp", "Live", "Reconnecting", "CatchingUp", "Live"], told.Where(word => Enum.TryParse<ConnectionState>(word, out _)));
        Assert.Equal(ConnectionState.Live, room.ConnectionState);
    }

    [Fact]
    public async Task Error_That_Nobody_Listens_For_Is_Thrown_On_The_Context_And_The_Watch_Goes_On()
    {
        using var context = new SingleThreadContext();
        using var stop = new CancellationTokenSource();
        var room = OpenRoom();
        var handed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.EventReceived += (_, roomEvent) =>
        {
            if (roomEvent.Sequence == 3)
                throw new FormatException("mine");

            handed.TrySetResult();
        };
        var opening = context.RunAsync(() => room.OpenAsync(stop.Token));

        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3), Saying(4, 4));

        Assert.Equal("mine", Assert.IsType<FormatException>(await context.Thrown).Message);
        await handed.Task.InTime();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.Unwrap().InTime());
    }

    [Fact]
    public async Task Error_Callback_That_Throws_Itself_Is_Thrown_On_The_Context_And_Disturbs_No_Other()
    {
        using var context = new SingleThreadContext();
        using var stop = new CancellationTokenSource();
        var room = OpenRoom();
        var heard = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        room.EventReceived += (_, _) => throw new FormatException("mine");
        room.CallbackFailed += (_, _) => throw new InvalidCastException("worse");
        room.CallbackFailed += (_, error) => heard.TrySetResult(error);
        var opening = context.RunAsync(() => room.OpenAsync(stop.Token));

        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));

        Assert.Equal("worse", Assert.IsType<InvalidCastException>(await context.Thrown).Message);
        Assert.Equal("mine", (await heard.Task.InTime()).Message);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.Unwrap().InTime());
    }

    private static void Throw(RoomClient room, string kind)
    {
        switch (kind)
        {
            case "update":
                room.Updated += (_, _) => throw new FormatException(kind);
                break;
            case "event":
                room.EventReceived += (_, _) => throw new FormatException(kind);
                break;
            case "presence":
                room.PresenceChanged += (_, _) => throw new FormatException(kind);
                break;
            case "storage":
                room.StorageAvailabilityChanged += (_, _) => throw new FormatException(kind);
                break;
            default:
                room.ConnectionStateChanged += (_, _) => throw new FormatException(kind);
                break;
        }
    }

    private static List<string> Listen(RoomClient room)
    {
        var told = new List<string>();
        room.EventReceived += (_, roomEvent) => told.Add($"event {roomEvent.Sequence}");
        room.PresenceChanged += (_, presence) => told.Add($"{presence.Presence.Viewers} viewers");
        room.StorageAvailabilityChanged += (_, storage) => told.Add($"storage {storage.IsAvailable}");
        room.ConnectionStateChanged += (_, change) => told.Add($"{change.ConnectionState}");
        return told;
    }
}
