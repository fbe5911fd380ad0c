using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Swarms.Hub.Presence;

public sealed class PresenceRegistryTests : IDisposable
{
    private static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly PresenceNotifier _notifier;
    private readonly PresenceRegistry _presence;
    private readonly Followed _followed = new();

    public PresenceRegistryTests()
    {
        // The notifier's loop does not run here, so it tells nobody.
        _notifier = new PresenceNotifier(null!, _time, NullLogger<PresenceNotifier>.Instance);
        _presence = new PresenceRegistry(_notifier, Options.Create(new PresenceOptions()), _time);
        _presence.Follow(_followed);
    }

    public void Dispose() => _notifier.Dispose();

    [Fact]
    public void Presence_Counts_Everybody_And_Names_So_Many()
    {
        var watching = Enumerable.Range(0, 501).Select(i => Join($"member-{i}")).ToList();

        var full = _presence.Read("room");
        Assert.Equal((501, 500), (full.Viewers, full.Members.Count));

        // One who is not named takes the place of one who leaves.
        watching[0].Dispose();
        _time.Advance(LeaveAfter);
        var others = _presence.Read("room").Members.Select(member => member.Id).ToHashSet();
        Assert.Equal((500, false, true), (others.Count, others.Contains("member-0"), others.Contains("member-500")));

        watching.ForEach(one => one.Dispose());
        _time.Advance(LeaveAfter);
        Assert.Equal(0, _presence.Read("room").Viewers);
        Assert.Empty(_presence.Rooms);
    }

    [Fact]
    public void Member_Is_One_However_Many_Tabs_It_Has_Open()
    {
        var tabs = Enumerable.Range(0, 3).Select(_ => Join("ann")).ToList();
        var presence = _presence.Read("room");
        Assert.Equal((3, 1, 3), (presence.Viewers, presence.Members.Count, presence.Members[0].Connections));

        tabs[0].Dispose();
        tabs[1].Dispose();
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, Assert.Single(_presence.Read("room").Members).Connections);
        Assert.Equal(["ann came at 0"], _followed.Seen);
    }

    [Fact]
    public void Reconnect_Within_The_Time_Is_No_Leave_And_A_Later_One_Is()
    {
        Join("ann").Dispose();
        _time.Advance(LeaveAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal("ann", Assert.Single(_presence.Read("room").Members).Id);
        var back = Join("ann");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["ann came at 0"], _followed.Seen);

        back.Dispose();
        _time.Advance(LeaveAfter);
        Join("ann");

        // It left when its connection ended, not when that was believed.
        var lost = (int)TimeSpan.FromHours(1).TotalSeconds + 14;
        Assert.Equal(["ann came at 0", $"ann left at {lost}", $"ann came at {lost + 15}"], _followed.Seen);
    }

    [Fact]
    public void Member_Whose_Membership_Ended_Leaves_At_Once_With_All_Its_Connections()
    {
        var (one, other) = (Join("ann"), Join("ann"));
        Join("bob");

        _presence.Forget("room", "ann");

        Assert.Equal((1, "bob"), (_presence.Read("room").Viewers, Assert.Single(_presence.Read("room").Members).Id));
        one.Dispose();
        other.Dispose();
        Assert.Equal(1, _presence.Read("room").Viewers);
        _time.Advance(LeaveAfter);
        Assert.Equal(["ann came at 0", "bob came at 0", "ann left at 0"], _followed.Seen);
    }

    [Fact]
    public void Member_Is_As_Far_Behind_As_Its_Best_Connection()
    {
        Join("ann", behind: 9);
        var best = Join("ann", behind: 2);
        Join("bob");
        Assert.Equal([("ann", 2L), ("bob", 0L)], _presence.ReadProgress("room"));

        best.Dispose();
        Assert.Equal(("ann", 9L), _presence.ReadProgress("room")[0]);
    }

    [Fact]
    public void Member_Who_Lost_Its_Connection_Falls_Behind_Until_It_Leaves()
    {
        var viewer = new Viewer();
        var watching = _presence.Join("room", "ann", viewer);
        watching.Dispose();
        viewer.EventsBehind = 7;
        Assert.Equal(("ann", 7L), Assert.Single(_presence.ReadProgress("room")));

        _time.Advance(LeaveAfter);
        Assert.Empty(_presence.ReadProgress("room"));
    }

    private IDisposable Join(string memberId, long behind = 0) => _presence.Join("room", memberId, new Viewer { EventsBehind = behind });

    private sealed class Viewer : IViewerProgress
    {
        public long EventsBehind { get; set; }
    }

    private sealed class Followed : IPresenceFollower
    {
        public List<string> Seen { get; } = [];

        public void Came(string roomId, string memberId, DateTimeOffset at) => Seen.Add($"{memberId} came at {at.ToUnixTimeSeconds()}");

        public void Left(string roomId, string memberId, DateTimeOffset at) => Seen.Add($"{memberId} left at {at.ToUnixTimeSeconds()}");
    }
}
