using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;

namespace Swarms.Hub.Attendance;

public sealed class AttendanceRecorderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(15);

    private LogUnderTest _hub = null!;
    private RoomLease _room = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await LogUnderTest.StartAsync();
        _room = await _hub.CreateRoomAsync();
        var ann = new Member { Id = "m1", Name = "M1", Role = MemberRoles.Viewer, JoinedAt = Noon };
        await _room.Log.AppendNowAsync(
            [PendingEvent.Create(Noon, EventTypes.MemberJoined, "m1", MemberPayload.Of(ann))],
            CancellationToken,
            new MemberChange.Add(ann));
    }

    public async ValueTask DisposeAsync()
    {
        _room.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Time_Ends_At_Its_Last_Note_Where_The_Process_Crashed()
    {
        await StoreAsync(Here(0));
        await StoreAsync(new AttendanceChange.GoOn(Noon.AddMinutes(3)));

        Assert.Equal([(0, 180, true)], await ListAsync());
        await StoreAsync(Here(600));
        Assert.Equal([(0, 180, true), (600, 600, true)], await ListAsync());
    }

    [Fact]
    public async Task Short_Gap_Continues_The_Time_And_A_Longer_One_Begins_Another()
    {
        await StoreAsync(Here(0), Gone(60));
        await StoreAsync(Here(75), Gone(100));
        await StoreAsync(Here(116), Gone(130));

        Assert.Equal([(0, 100, false), (116, 130, false)], await ListAsync());
    }

    [Fact]
    public async Task Leave_Without_A_Beginning_Is_Nothing()
    {
        await StoreAsync(Gone(60));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Member_Has_So_Many_Times_And_The_Oldest_Go()
    {
        var marks = Enumerable.Range(0, IAttendanceStore.MaxTimesPerMember + 10)
            .SelectMany(i => new[] { Here(i * 100), Gone((i * 100) + 10) });
        foreach (var part in marks.Chunk(100))
            await StoreAsync(part);

        var times = await ListAsync();
        Assert.InRange(times.Count, 1, IAttendanceStore.MaxTimesPerMember);
        Assert.Equal(((IAttendanceStore.MaxTimesPerMember + 9) * 100, false), (times[^1].From, times[^1].IsOpen));
    }

    [Fact]
    public async Task Marks_Stored_Twice_Change_Nothing_More()
    {
        await StoreAsync(Here(0), Gone(60));
        await StoreAsync(Here(0), Gone(60));

        Assert.Equal([(0, 60, false)], await ListAsync());
    }

    private static AttendanceMark Here(int seconds) => new("", "m1", Noon.AddSeconds(seconds), IsHere: true);

    private static AttendanceMark Gone(int seconds) => new("", "m1", Noon.AddSeconds(seconds), IsHere: false);

    private Task StoreAsync(params AttendanceMark[] marks) => StoreAsync(new AttendanceChange.Add(marks, Gap));

    private async Task StoreAsync(AttendanceChange change) => await _room.Log.AppendNowAsync([], CancellationToken, change);

    private async Task<List<(int From, int Until, bool IsOpen)>> ListAsync()
    {
        var times = await _hub.Get<IAttendanceStore>().ListAsync(_room.Log.Id, 10_000, CancellationToken);
        return [.. times.Select(time => ((int)(time.CameAt - Noon).TotalSeconds, (int)(time.LastAt - Noon).TotalSeconds, time.IsOpen))];
    }
}
