using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>Kills a started hub with SIGKILL while it holds a text back.</summary>
public sealed class HeldCrashTests
{
    private const string Hidden = "Zanzibar";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_In_Mid_Hold_Releases_Nothing(bool keepLane)
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        var path = $"/api/rooms/{room.Room.Id}";
        var holdBack = new { seconds = 60, keepLane };
        Assert.Equal(200, (await new Caller(hub.Address, room.Token).PatchAsync(path, new { settings = new { holdBack } })).Status);
        var run = await hub.StartRunAsync(
            room, new { text = $"{Hidden} and more", chunksPerSecond = 0, fault = "silence", faultAfterChunks = 2 });
        var lane = run.Hold!.Lane;
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room with { Room = room.Room with { Id = lane } });
        await viewer.WaitAsync(() => viewer.FindRun(lane)?.Text?.Contains(Hidden, StringComparison.Ordinal) == true);

        await hub.KillAsync();
        await viewer.EndAsync();
        await hub.StartAsync();

        var host = new Caller(hub.Address, room.Token);
        var log = await host.GetAsync($"{path}/events?limit=1000");
        Assert.DoesNotContain(Hidden, log.Text, StringComparison.Ordinal);
        var ended = (await host.GetAsync($"{path}/runs/{run.Id}")).Json;
        Assert.Equal((EventTypes.Interrupted, RunReasons.HubCrashed, ""), (Text("state"), Text("reason"), Text("text")));
        var kept = await host.GetAsync($"/api/rooms/{lane}/runs/{lane}");
        if (keepLane)
        {
            Assert.StartsWith(Hidden, kept.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.Equal(EventTypes.Interrupted, kept.Json.GetProperty("state").GetString());
        }
        else
        {
            kept.IsProblem(404, ErrorCodes.NotFound);
        }

        string? Text(string name) => ended.GetProperty(name).GetString();
    }
}
