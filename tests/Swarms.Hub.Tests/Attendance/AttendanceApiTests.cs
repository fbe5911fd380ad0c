using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Attendance;

public sealed class AttendanceApiTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly HubUnderTest _hub;

    public AttendanceApiTests() => _hub = HubUnderTest.Start(_time);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Attendance_Says_Who_Was_Here_When_And_How_Long()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await using (await TestViewer.JoinAsync(_hub.Address, bob.Admission))
            await PassAsync(host, bob, isHere: true, TimeSpan.FromMinutes(5));

        await GoneAsync(host, bob);
        await using var back = await TestViewer.JoinAsync(_hub.Address, bob.Admission);
        await PassAsync(host, bob, isHere: true, TimeSpan.FromMinutes(1));

        var member = await FindAsync(host, bob);
        var times = member.GetProperty("times").EnumerateArray()
            .Select(time => (time.GetProperty("until").GetDateTimeOffset() - time.GetProperty("from").GetDateTimeOffset()).TotalMinutes);
        Assert.Equal([5, 1], times);
        Assert.Equal(
            ("Bob", "viewer", 360, true),
            (member.GetProperty("name").GetString(), member.GetProperty("role").GetString(), member.GetProperty("seconds").GetInt32(),
                member.GetProperty("isHere").GetBoolean()));
        // The host has watched nothing.
        Assert.Single((await host.GetAsync($"{host.Path}/attendance")).Json.GetProperty("members").EnumerateArray());
    }

    [Fact]
    public async Task Attendance_Keeps_Former_Members_And_Comes_As_Csv()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer", "=Bob");
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, bob.Admission);
        await PassAsync(host, bob, isHere: true, TimeSpan.FromSeconds(30));
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);

        var csv = await host.GetAsync($"{host.Path}/attendance?format=csv");

        Assert.Equal(
            (200, "text/csv; charset=utf-8", "attachment; filename=attendance.csv; filename*=UTF-8''attendance.csv"),
            (csv.Status, csv.Headers["Content-Type"], csv.Headers["Content-Disposition"]));
        Assert.Equal($"\"'=Bob\",viewer,2026-01-01T12:00:00.000Z,2026-01-01T12:00:30.000Z,30,{bob.Member}", csv.Text.Split("\r\n")[1]);
    }

    [Fact]
    public async Task Attendance_Survives_A_Restart_And_A_Short_One_Is_No_Leave()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        var before = await TestViewer.JoinAsync(_hub.Address, bob.Admission);
        await PassAsync(host, bob, isHere: true, TimeSpan.FromSeconds(60));
        await before.DisposeAsync();
        await _hub.StopAsync();

        var later = new FakeTimeProvider(_time.GetUtcNow().AddSeconds(10));
        await using var again = HubUnderTest.Start(later, ("Storage:Path", _hub.DatabasePath));
        var (newHost, newBob) = (host.At(again.Address), bob.At(again.Address));
        await using var back = await TestViewer.JoinAsync(again.Address, newBob.Admission);

        var time = Assert.Single((await FindAsync(newHost, newBob)).GetProperty("times").EnumerateArray());
        Assert.Equal(
            (Noon, Noon.AddSeconds(70)), (time.GetProperty("from").GetDateTimeOffset(), time.GetProperty("until").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Only_Hosts_See_Attendance_And_How_Others_Follow()
    {
        var host = await _hub.CreateRoomAsync();
        foreach (var role in (string[])["participant", "viewer"])
        {
            var bob = await host.InviteAsync(role);
            (await bob.GetAsync($"{host.Path}/attendance")).IsProblem(403, "forbidden");
            (await bob.GetAsync($"{host.Path}/presence")).IsProblem(403, "forbidden");
        }

        (await host.GetAsync($"{host.Path}/attendance?format=xls")).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Host_Sees_Who_Is_Live_And_Who_Is_Gone_And_Since_When()
    {
        var host = await _hub.CreateRoomAsync();
        var (bob, eve) = (await host.InviteAsync("viewer"), await host.InviteAsync("viewer", "Eve"));
        await using (await TestViewer.JoinAsync(_hub.Address, bob.Admission))
        {
            await PassAsync(host, bob, isHere: true, TimeSpan.FromSeconds(30));
            Assert.Equal("live", await StateAsync(host, bob));
        }

        await GoneAsync(host, bob);

        Assert.Equal($"gone since {Noon.AddSeconds(30):o}", await StateAsync(host, bob));
        Assert.Equal("gone", await StateAsync(host, eve));
    }

    [Fact]
    public async Task Deleted_Room_Takes_Its_Attendance_Along()
    {
        var host = await _hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, host.Admission);
        await PassAsync(host, host, isHere: true, TimeSpan.Zero);
        var store = _hub.Get<IAttendanceStore>();
        Assert.Single(await store.ListAsync(host.Room, 10, TestContext.Current.CancellationToken));

        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);

        Assert.Empty(await store.ListAsync(host.Room, 10, TestContext.Current.CancellationToken));
    }

    private static async Task<JsonElement> FindAsync(MemberCaller host, MemberCaller member)
    {
        var attendance = await host.GetAsync($"{host.Path}/attendance");
        Assert.Equal(200, attendance.Status);
        Assert.True(attendance.Json.GetProperty("isWhole").GetBoolean());
        return attendance.Json.GetProperty("members").EnumerateArray()
            .FirstOrDefault(found => found.GetProperty("id").GetString() == member.Member);
    }

    private static async Task<string> StateAsync(MemberCaller host, MemberCaller member)
    {
        var found = (await host.GetAsync($"{host.Path}/presence")).Json.GetProperty("members").EnumerateArray()
            .Single(other => other.GetProperty("id").GetString() == member.Member);
        var state = found.GetProperty("state").GetString()!;
        return found.TryGetProperty("since", out var since) ? $"{state} since {since.GetDateTimeOffset():o}" : state;
    }

    // A viewer is counted once its stream has begun, and its end is seen a moment later.
    private async Task PassAsync(MemberCaller host, MemberCaller member, bool isHere, TimeSpan time)
    {
        await Until.TrueAsync(async () => await FindAsync(host, member) is { ValueKind: JsonValueKind.Object } found
            && found.GetProperty("isHere").GetBoolean() == isHere);

        _time.Advance(time);
    }

    private async Task GoneAsync(MemberCaller host, MemberCaller member)
    {
        await Until.TrueAsync(() => _hub.Get<Presence.PresenceRegistry>().Read(host.Room).Viewers == 0);
        _time.Advance(TimeSpan.FromSeconds(15));
        await PassAsync(host, member, isHere: false, TimeSpan.FromMinutes(10));
    }
}
