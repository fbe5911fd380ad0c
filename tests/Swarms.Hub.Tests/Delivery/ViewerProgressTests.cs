using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Delivery;

public sealed class ViewerProgressTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private LogUnderTest _hub = null!;
    private RoomLease _room = null!;
    private ViewerProgress _progress = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await LogUnderTest.StartAsync();
        _room = await _hub.CreateRoomAsync();
        _progress = new ViewerProgress(_room.Log, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _room.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Viewer_Is_Behind_By_What_It_Was_Not_Given_Once_That_Lasts()
    {
        _progress.Reached(_room.Log.Head);
        _progress.CaughtUp();
        await SayAsync(3);
        Assert.Equal(0, _progress.EventsBehind);

        // It is given one event, and takes no more.
        _progress.Reached(_room.Log.Head - 2);
        Assert.Equal(0, _progress.EventsBehind);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _progress.EventsBehind);

        _progress.Reached(_room.Log.Head);
        Assert.Equal(0, _progress.EventsBehind);
    }

    [Fact]
    public async Task Viewer_That_Ended_Falls_Behind_At_Once()
    {
        _progress.Reached(_room.Log.Head);
        _progress.CaughtUp();
        _progress.End();
        Assert.Equal(0, _progress.EventsBehind);

        await SayAsync(2);

        Assert.Equal(2, _progress.EventsBehind);
    }

    private async Task SayAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _room.Log.AppendNowAsync(
                [PendingEvent.Create(DateTimeOffset.UnixEpoch, EventTypes.Message, null, new MessagePayload("hello"))],
                TestContext.Current.CancellationToken);
        }
    }
}
