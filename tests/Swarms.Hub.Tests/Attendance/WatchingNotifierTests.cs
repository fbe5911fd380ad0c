using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Attendance;

public sealed class WatchingNotifierTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Hosts_Are_Told_Who_Comes_And_Goes_And_Nobody_Else_Is()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await using var teacher = await TestViewer.JoinAsync(_hub.Address, host.Admission);
        await using var pupil = await TestViewer.JoinAsync(_hub.Address, bob.Admission);

        await teacher.WaitAsync(() => teacher.Watching.GetValueOrDefault(bob.Member)?.State == WatchingStates.Live);

        Assert.Empty(pupil.Watching);
        // The role decides at the moment of the notice.
        Assert.Equal(200, (await host.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { })).Status);
        var eve = await bob.InviteAsync("viewer", "Eve");
        await using var late = await TestViewer.JoinAsync(_hub.Address, eve.Admission);
        await pupil.WaitAsync(() => pupil.Watching.ContainsKey(eve.Member));
        Assert.DoesNotContain(eve.Member, teacher.Watching.Keys);
    }

    [Fact]
    public async Task Member_Who_Is_Removed_Is_No_Viewer_Any_More()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await using var teacher = await TestViewer.JoinAsync(_hub.Address, host.Admission);
        await using var pupil = await TestViewer.JoinAsync(_hub.Address, bob.Admission);
        await teacher.WaitAsync(() => teacher.Presence?.Members.Any(member => member.Id == bob.Member) == true);

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);

        await teacher.WaitAsync(() => teacher.Presence?.Members.Any(member => member.Id == bob.Member) == false);
    }

    [Fact]
    public async Task Viewer_That_Takes_Nothing_Is_Behind()
    {
        await using var hub = HubUnderTest.Start(("Server:SendBufferBytes", "4096"));
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await using var teacher = await TestViewer.JoinAsync(hub.Address, host.Admission);
        await using var stalled = await SlowViewer.JoinAsync(bob);
        await teacher.WaitAsync(() => teacher.Watching.GetValueOrDefault(bob.Member)?.State == WatchingStates.Live);

        await host.StartRunAsync(new { chunksPerSecond = 0, chunks = 500, chunkBytes = 16_384 });

        await teacher.WaitAsync(() => teacher.Watching.GetValueOrDefault(bob.Member) is { State: WatchingStates.Behind, Behind: > 0 });
        Assert.Contains("\"behind\"", (await host.GetAsync($"{host.Path}/presence")).Text, StringComparison.Ordinal);
    }
}
