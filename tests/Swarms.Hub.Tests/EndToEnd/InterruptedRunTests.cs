using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

public sealed class InterruptedRunTests
{
    [Fact]
    public async Task Run_That_A_Crash_Interrupted_Says_Until_When_It_Wrote()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        var started = await hub.StartRunAsync(room, new { chunks = 8, chunksPerSecond = 0, fault = "silence", faultAfterChunks = 4 });
        await viewer.WaitAsync(() => viewer.FindRun(started.Id) is { LastChunkAt: not null });
        await hub.KillAsync();
        await viewer.EndAsync();

        await hub.StartAsync();

        using var admission = JsonDocument.Parse(JsonSerializer.Serialize(room, ProtocolJson.Options));
        var host = new MemberCaller(hub.Address, admission.RootElement);
        var run = (await host.GetAsync($"{host.Path}/runs/{started.Id}")).Json.Deserialize<Run>(ProtocolJson.Options)!;
        Assert.Equal((EventTypes.Interrupted, RunReasons.HubCrashed), (run.State, run.Reason));
        var chunks = (await Runs.RunCalls.EventsAsync(host, started.Id)).Where(e => e.Type == EventTypes.Chunk).ToList();
        Assert.NotEmpty(chunks);
        Assert.Equal(chunks[^1].At, run.LastChunkAt);
        Assert.True(run.EndedAt > run.LastChunkAt);
        Assert.Null(run.CancelledBy);
        var text = (await host.GetAsync($"{host.Path}/transcript?format=txt")).Text;
        Assert.Contains("State: interrupted, because the hub stopped without a warning", text, StringComparison.Ordinal);
        Assert.Matches("Last text: .*, after [0-9.]+ s\nNoticed: [^,]*\n", text);
    }
}
