using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Specifications;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>
/// A real log on a real store with a clock that stands still until an act moves it, and the model beside it: the story's list of
/// events, of which a crash may cut off what was not stored. One room for each sample.
/// </summary>
internal sealed partial class LogWorld : IAsyncDisposable
{
    private const int MaxBehindEvents = 12;

    private readonly LogUnderTest _hub;
    private readonly LogViewer[] _viewers = new LogViewer[LogAct.Viewers];
    private readonly List<(PendingCommit Commit, long Through)> _waiting = [];
    private readonly List<PendingCommit> _refused = [];
    private readonly SortedSet<long> _borders = [0];
    private RoomLease _room = null!;
    private RoomStory _story = null!;
    private (string Name, IReadOnlyList<PendingEvent> Events)? _copy;
    private IDisposable? _fault;

    private LogWorld(LogUnderTest hub) => _hub = hub;

    private bool IsBroken => _fault is not null;

    /// <summary>Starts it on the given store, and disposes both together.</summary>
    public static async Task<LogWorld> StartAsync(IStoreFixture fixture) => new(await LogUnderTest.StartAsync(
        fixture, new FakeTimeProvider(), null, ("Rooms:MaxTailBytes", "65536"), ("Rooms:MaxBehindEvents", $"{MaxBehindEvents}"),
        ("Rooms:IdleTimeout", "00:00:01")));

    public async Task BeginAsync()
    {
        await MendAsync();
        foreach (var viewer in _viewers)
            await (viewer?.DisposeAsync() ?? default);

        _copy = null;
        _hub.Writer.Lose(0);
        await _hub.DriveAsync(RecoveredAsync());
        _room?.Dispose();
        var creating = _hub.CreateRoomAsync();
        await _hub.DriveAsync(creating);
        _room = await creating;
        _story = LogUnderTest.StoryOf(_room.Log);
        _waiting.Clear();
        _refused.Clear();
        _borders.Clear();
        _borders.Add(1);
        for (var i = 0; i < _viewers.Length; i++)
            _viewers[i] = new LogViewer(_story, MaxBehindEvents);
    }

    public async Task DoAsync(LogAct act)
    {
        switch (act.What)
        {
            case LogAct.Kind.Append:
                var (events, changes) = _story.Next(act.Step);
                var commit = await _room.Log.AppendAsync(events, Durability.Process, CancellationToken.None, changes).InTime();
                _waiting.Add((commit, _story.Events.Count));
                _borders.Add(_story.Events.Count);
                // In half of the cases the failure is noticed at once, and viewers can be told.
                if (IsBroken && act.Viewer % 2 == 0)
                    await _hub.DriveAsync(FailedAsync());

                break;
            case LogAct.Kind.AppendRefused:
                var bad = new MemberChange.Remove("nobody");
                _refused.Add(
                    await _room.Log.AppendAsync([LogUnderTest.Chunk("never seen")], Durability.Process, CancellationToken.None, bad)
                        .InTime());
                break;
            case LogAct.Kind.Commit:
                await CommitAsync();
                break;
            case LogAct.Kind.Break when !IsBroken:
                await CommitAsync();
                _fault = _hub.Fixture.Break();
                break;
            case LogAct.Kind.Mend:
                await MendAsync();
                break;
            case LogAct.Kind.Join:
                await _viewers[act.Viewer].JoinAsync(_hub, _room.Log, isResuming: false);
                break;
            case LogAct.Kind.Resume:
                await _viewers[act.Viewer].JoinAsync(_hub, _room.Log, isResuming: true, IsBroken);
                break;
            case LogAct.Kind.Read:
                await ReadAsync(_viewers[act.Viewer]);
                break;
            case LogAct.Kind.Evict:
                await MoveAsync(EvictAsync);
                break;
            case LogAct.Kind.Restart:
                await MoveAsync(() => _hub.RestartAsync());
                break;
            case LogAct.Kind.Crash:
                await CrashAsync();
                break;
            case LogAct.Kind.Copy:
                await CommitAsync();
                _copy = (await _hub.Fixture.CopyAsync(), [.. _story.Events]);
                break;
            case LogAct.Kind.Restore when _copy is not null:
                await RestoreAsync();
                break;
            case LogAct.Kind.WriteFromOutside:
                await WriteFromOutsideAsync(act);
                break;
            case LogAct.Kind.LoseAnswer:
                _hub.Writer.Lose(1 + act.Viewer);
                break;
            case LogAct.Kind.Delete:
                await DeleteAsync();
                break;
        }
    }

    /// <summary>Requires that everything is stored in the end, and that viewers who read on have seen all of it.</summary>
    public async Task EndAsync()
    {
        await CommitAsync();
        Assert.Equal(_story.Events.Count, _room.Log.Head);
        foreach (var viewer in _viewers.Where(viewer => viewer.IsWatching))
            await viewer.ReadToEndAsync(_room.Log);

        await using var late = new LogViewer(_story, MaxBehindEvents);
        await late.JoinAsync(_hub, _room.Log, isResuming: false);
        Assert.Equal(_story.Events.Count, late.Position);
    }

    public async ValueTask DisposeAsync()
    {
        await MendAsync();
        foreach (var viewer in _viewers)
            await (viewer?.DisposeAsync() ?? default);

        await _hub.DisposeAsync();
    }

    private async Task ReadAsync(LogViewer viewer)
    {
        try
        {
            // The viewers are told once the disk is mended. Until then it goes on failing.
            await viewer.ReadAsync(_room.Log, IsBroken && _hub.Queue.FailingSince is not null);
        }
        catch (HubErrorException e) when (IsBroken && e.Code == ErrorCodes.StorageUnavailable)
        {
            // Events that left memory cannot be read from a store that is away. The stream is over, and the viewer will resume.
            await viewer.LeaveAsync();
        }
    }

    private async Task CommitAsync()
    {
        await MendAsync();
        foreach (var (commit, through) in _waiting)
        {
            await _hub.DriveAsync(commit.Committed);
            Assert.Equal(through, await commit.Committed);
        }

        foreach (var commit in _refused)
            await Assert.ThrowsAsync<HubErrorException>(() => _hub.DriveAsync(commit.Committed));

        await _hub.DriveAsync(RecoveredAsync());
        _waiting.Clear();
        _refused.Clear();
    }

    private async Task RecoveredAsync()
    {
        while (_hub.Queue.FailingSince is not null)
            await Task.Yield();
    }

    private async Task FailedAsync()
    {
        while (_hub.Queue.FailingSince is null)
            await Task.Yield();
    }

    private async Task MendAsync()
    {
        if (!IsBroken)
            return;

        if (_waiting.Count > 0)
        {
            // Commits after the break are never stored, however much time passes, but the retries go on.
            await _hub.DriveAsync(FailedAsync());
            Assert.All(_waiting, waiting => Assert.False(waiting.Commit.Committed.IsCompleted));
            Assert.Equal(_waiting[0].Through - _waiting[0].Commit.Events.Count, _room.Log.Head);
        }

        _fault!.Dispose();
        _fault = null;
    }

    private async Task MoveAsync(Func<Task> move)
    {
        await CommitAsync();
        foreach (var viewer in _viewers)
            await viewer.LeaveAsync();

        _room.Dispose();
        var before = _room.Log;
        await move();
        _room = await _hub.Rooms.OpenAsync(before.Id, CancellationToken.None).InTime();
        Assert.NotSame(before, _room.Log);
        Assert.Equal(before.Position, _room.Log.Position);
    }

    private Task EvictAsync() => _hub.DriveAsync(GoneAsync());

    private async Task GoneAsync()
    {
        while (_hub.Rooms.Count > 0)
            await Task.Yield();
    }

    private async Task DeleteAsync()
    {
        await CommitAsync();
        var gone = _room.Log;
        await _hub.DriveAsync(gone.AppendNowAsync([], CancellationToken.None, new RoomChange.DeleteRoom(DateTimeOffset.UnixEpoch)));
        foreach (var viewer in _viewers)
            await viewer.EndsAsync();

        // The room cannot be found any more, and a caller that still holds it cannot store anything.
        Assert.Null(await _hub.Rooms.TryOpenAsync(gone.Id, CancellationToken.None).InTime());
        var late = await gone.AppendAsync([LogUnderTest.Chunk("too late")], Durability.Process, CancellationToken.None).AsTask().InTime();
        await Assert.ThrowsAsync<HubErrorException>(() => _hub.DriveAsync(late.Committed));
        Assert.Null(await gone.ReadStoreAsync(0, long.MaxValue, 10, CancellationToken.None).InTime());
        await BeginAsync();
    }
}
