using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>
/// A real log on a real file, with a clock that only acts move, and its model: the story's list of events. A crash may cut events off the
/// list that were not stored. Each sample has one room.
/// </summary>
internal sealed class LogWorld : IAsyncDisposable
{
    private const int MaxBehindEvents = 12;

    private readonly LogUnderTest _hub;
    private readonly LogViewer[] _viewers = new LogViewer[LogAct.Viewers];
    private readonly List<(PendingCommit Commit, long Through)> _waiting = [];
    private readonly List<PendingCommit> _refused = [];
    private readonly SortedSet<long> _borders = [0];
    private RoomLease _room = null!;
    private RoomStory _story = null!;
    private (string File, IReadOnlyList<PendingEvent> Events)? _copy;
    private bool _isBroken;

    private LogWorld(LogUnderTest hub) => _hub = hub;

    private string Away => _hub.DatabasePath + ".away";

    public static async Task<LogWorld> StartAsync() => new(await LogUnderTest.StartAsync(
        new FakeTimeProvider(), null, ("Rooms:MaxTailBytes", "65536"), ("Rooms:MaxBehindEvents", $"{MaxBehindEvents}"),
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
                // In half of the cases the writer notices the failure at once, so that viewers can be told.
                if (_isBroken && act.Viewer % 2 == 0)
                    await _hub.DriveAsync(FailedAsync());

                break;
            case LogAct.Kind.AppendRefused:
                var bad = new RoomChange.RemoveMember("nobody");
                var doomed = _room.Log.AppendAsync([LogUnderTest.Chunk("never seen")], Durability.Process, CancellationToken.None, bad);
                _refused.Add(await doomed.InTime());
                break;
            case LogAct.Kind.Commit:
                await CommitAsync();
                break;
            case LogAct.Kind.Break when !_isBroken:
                await CommitAsync();
                File.Move(_hub.DatabasePath, Away);
                _isBroken = true;
                break;
            case LogAct.Kind.Mend:
                await MendAsync();
                break;
            case LogAct.Kind.Join:
                await _viewers[act.Viewer].JoinAsync(_hub, _room.Log, isResuming: false);
                break;
            case LogAct.Kind.Resume:
                await _viewers[act.Viewer].JoinAsync(_hub, _room.Log, isResuming: true, _isBroken);
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
                _copy = (_hub.Copy(), [.. _story.Events]);
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
            // A missing disk fails until it is mended, so viewers are told.
            await viewer.ReadAsync(_room.Log, _isBroken && _hub.Queue.FailingSince is not null);
        }
        catch (HubErrorException e) when (_isBroken && e.Code == ErrorCodes.StorageUnavailable)
        {
            // Events that left memory cannot be read from a missing disk: the viewer's stream ends, and it will resume.
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
        if (!_isBroken)
            return;

        if (_waiting.Count > 0)
        {
            // Commits after the break are never stored, however much time passes, but the retries go on.
            await _hub.DriveAsync(FailedAsync());
            Assert.All(_waiting, waiting => Assert.False(waiting.Commit.Committed.IsCompleted));
            Assert.Equal(_waiting[0].Through - _waiting[0].Commit.Events.Count, _room.Log.Head);
        }

        File.Move(Away, _hub.DatabasePath);
        _isBroken = false;
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

    private async Task CrashAsync()
    {
        await MendAsync();
        var before = _room.Log;
        // An event that a viewer has seen or a caller was told of must be there.
        var safe = before.Head;
        await _hub.CrashAsync();
        foreach (var viewer in _viewers)
            await viewer.LeaveAsync();

        _room.Dispose();
        _room = await _hub.Rooms.OpenAsync(before.Id, CancellationToken.None).InTime();
        var head = _room.Log.Head;
        Assert.InRange(head, safe, _story.Events.Count);
        Assert.Contains(head, _borders);
        _story.CutTo(head);
        _borders.RemoveWhere(border => border > head);
        _waiting.Clear();
        _refused.Clear();
    }

    private async Task RestoreAsync()
    {
        await CommitAsync();
        foreach (var viewer in _viewers)
            await viewer.LeaveAsync();

        var room = _room.Log.Id;
        _room.Dispose();
        await _hub.RestoreAsync(_copy!.Value.File);
        _story.GoBackTo(_copy.Value.Events);
        _borders.RemoveWhere(border => border > _story.Events.Count);
        _room = await _hub.Rooms.OpenAsync(room, CancellationToken.None).InTime();
        Assert.Equal(_story.Events.Count, _room.Log.Head);
    }

    private async Task WriteFromOutsideAsync(LogAct act)
    {
        await CommitAsync();
        _hub.Writer.Lose(0);
        var generation = _room.Log.Generation;
        if (act.Viewer == 0 && _story.Events[^1].Type == EventTypes.Message)
        {
            _hub.Execute($"DELETE FROM events WHERE RoomKey = {_room.Log.Key} AND Sequence = {_room.Log.Head}");
            _story.CutTo(_story.Events.Count - 1);
        }
        else
            Interpose(isLinked: act.Viewer == 1);

        _borders.RemoveWhere(border => border > _story.Events.Count);
        _borders.Add(_story.Events.Count);

        // The next commit finds the foreign write and is refused; then the room is loaded anew.
        var refused = await _room.Log.AppendAsync(
            [LogUnderTest.Chunk("for the history that was")], Durability.Process, CancellationToken.None).InTime();
        var refusal = await Assert.ThrowsAsync<HubErrorException>(() => _hub.DriveAsync(refused.Committed));
        Assert.Equal(ErrorCodes.StorageUnavailable, refusal.Code);
        await _hub.DriveAsync(ReloadedAsync());
        Assert.Equal(_story.Events.Count, _room.Log.Head);
        foreach (var viewer in _viewers)
            await viewer.IsShownAnotherHistoryAsync(_room.Log);

        async Task ReloadedAsync()
        {
            while (_room.Log.Generation == generation)
                await Task.Yield();
        }
    }

    // The event looks as written by an earlier version, or by another hub.
    private void Interpose(bool isLinked)
    {
        var foreign = LogUnderTest.Event(EventTypes.Message, new { text = "from outside" });
        var head = _room.Log.Position;
        var link = isLinked ? $"X'{head.Link!.Value.Next(head.Sequence + 1, foreign)}'" : "NULL";
        var key = isLinked ? $"X'{Convert.ToHexString(foreign.Key!.Value.Bytes.Span)}'" : "NULL";
        _hub.Execute(
            $"INSERT INTO events (RoomKey, Sequence, At, Type, Data, Link, Key) VALUES ({_room.Log.Key}, {head.Sequence + 1}, 0, "
            + $"'message', '{System.Text.Encoding.UTF8.GetString(foreign.Data.Span)}', {link}, {key})");
        _story.Interpose(foreign);
    }

    private async Task DeleteAsync()
    {
        await CommitAsync();
        var gone = _room.Log;
        await _hub.DriveAsync(gone.AppendNowAsync([], CancellationToken.None, new RoomChange.DeleteRoom(DateTimeOffset.UnixEpoch)));
        _hub.Rooms.Remove(gone);
        foreach (var viewer in _viewers)
            await viewer.EndsAsync();

        // Nobody finds the room any more, and a caller that still holds it cannot store anything.
        Assert.Null(await _hub.Rooms.TryOpenAsync(gone.Id, CancellationToken.None).InTime());
        var late = await gone.AppendAsync([LogUnderTest.Chunk("too late")], Durability.Process, CancellationToken.None).AsTask().InTime();
        await Assert.ThrowsAsync<HubErrorException>(() => _hub.DriveAsync(late.Committed));
        Assert.Null(await gone.ReadStoreAsync(0, long.MaxValue, 10, CancellationToken.None).InTime());
        await BeginAsync();
    }
}
