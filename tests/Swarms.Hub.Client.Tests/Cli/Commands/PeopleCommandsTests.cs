using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The commands around joining, presence and hand-over: each one's call and its output.</summary>
public sealed class PeopleCommandsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession(Hub, "room1", "token1"));
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2), Ada));
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Look_Shows_The_Room_And_Its_Hosts_Without_Joining()
    {
        _hub.Answer("POST /api/invites/look", new InviteLook
        {
            Room = new InvitedRoom { Name = "Bio\u001blogy" },
            Hosts = ["Ada", "Grace"],
            Role = MemberRoles.Viewer,
            ExpiresAt = Noon,
        });

        var result = await _user.RunAsync("look", $"{Hub}/join#secret-secret-secret");

        Assert.Equal(0, result.Code);
        Assert.Equal("room    Biology\nhosts   Ada, Grace\nrole    viewer\nuntil   2026-01-01 12:00 UTC\n", result.Output);
        Assert.Equal("""{"invite":"secret-secret-secret","code":null}""", Assert.Single(_hub.Calls).Body);
    }

    [Fact]
    public async Task Taken_Name_Is_Told_With_The_Free_One()
    {
        var refusal = new { code = "conflict", detail = "The name \"Ada\" is taken. \"Ada 2\" is free.", suggestion = "Ada 2" };
        _hub.Answer("POST /api/join", refusal, 409);

        var result = await _user.RunAsync("join", "ABCD-2345", "--name", "Ada", "--hub", Hub);

        Assert.NotEqual(0, result.Code);
        Assert.Contains("\"Ada 2\" is free", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_Say_How_They_Follow_Where_A_Host_Asks()
    {
        var bob = Ada with { Id = "m2", Name = "Bob", Role = MemberRoles.Viewer };
        var eve = bob with { Id = "m3", Name = "Eve" };
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2) with { Members = [Ada, bob, eve] }, Ada));
        _hub.Answer("GET /api/rooms/room1/presence", new RoomWatching
        {
            Members =
            [
                new MemberWatching { Id = "m1", State = WatchingStates.Live },
                new MemberWatching { Id = "m2", State = WatchingStates.Behind, Behind = 12 },
                new MemberWatching { Id = "m3", State = WatchingStates.Gone, Since = Noon },
            ],
        });

        var result = await _user.RunAsync("members", "--watching");

        Assert.Equal(
            "m1  host         Ada (you)  live\nm2  viewer       Bob  behind by 12 events\n"
                + "m3  viewer       Eve  gone since 2026-01-01 12:00:00 UTC\n",
            result.Output);
    }

    [Fact]
    public async Task Attendance_Is_Listed_Or_Printed_As_Csv()
    {
        var bob = new MemberAttendance
        {
            Id = "m2",
            Name = "Bob",
            Role = MemberRoles.Viewer,
            Seconds = 90,
            IsHere = false,
            Times = [new AttendanceTime(Noon, Noon.AddSeconds(90))],
        };
        var members = new[] { bob, bob with { Name = "Eve", IsHere = true } };
        _hub.Answer("GET /api/rooms/room1/attendance", new RoomAttendance { Members = members, IsWhole = true });

        var result = await _user.RunAsync("attendance");

        Assert.Equal(
            "0.00:01:30  2026-01-01 12:00:00 UTC  2026-01-01 12:01:30 UTC  Bob\n"
                + "0.00:01:30  2026-01-01 12:00:00 UTC  now                      Eve\n",
            result.Output);
        Assert.Equal(0, (await _user.RunAsync("attendance", "--csv")).Code);
    }

    [Fact]
    public async Task Room_Is_Handed_Over()
    {
        _hub.Answer("POST /api/rooms/room1/members/m2/hand-over", Ada with { Id = "m2", Name = "Bob" });

        var result = await _user.RunAsync("hand-over", "m2");

        Assert.Equal((0, ""), (result.Code, result.Output));
        Assert.Contains("Bob: host. You are a participant now.", result.Error, StringComparison.Ordinal);
    }
}
