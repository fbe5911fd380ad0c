using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Specifications;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <content>Acts on the store from outside: a crash, a copy put back, another program.</content>
internal sealed partial class LogWorld
{
    private async Task CrashAsync()
    {
        await MendAsync();
        var before = _room.Log;
        // An event that a viewer saw, or whose caller got an answer, must be stored.
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
        await _hub.RestoreAsync(_copy!.Value.Name);
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
            await _hub.Fixture.RemoveAsync(_room.Log, _room.Log.Head);
            _story.CutTo(_story.Events.Count - 1);
        }
        else
        {
            _story.Interpose(await _hub.Fixture.AppendAsync(_room.Log, isLinked: act.Viewer == 1));
        }

        _borders.RemoveWhere(border => border > _story.Events.Count);
        _borders.Add(_story.Events.Count);

        // The writer notices the change at the next commit, refuses it, and has the room loaded anew.
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
}
