using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

public sealed class RunRegistryTests
{
    [Fact]
    public async Task Runs_With_The_Smallest_Requests_Are_Bounded_By_What_Waits_In_The_Whole_Hub()
    {
        await using var hub = await LogUnderTest.StartAsync();
        using var room = await hub.CreateRoomAsync();
        var registry = new RunRegistry(Options.Create(new RunOptions { MaxHeldBytes = 1_048_576, MaxQueuedPerRoom = 1_000 }));
        var admitted = new List<ActiveRun>();

        var refusal = Assert.Throws<HubErrorException>(() =>
        {
            while (admitted.Count < 1_000)
            {
                var run = new ActiveRun(
                    $"{admitted.Count}",
                    "ann",
                    RunRequest.Parse("agent", JsonElement.Parse("""{"task":"x"}"""), isStreamed: true),
                    room,
                    null);
                registry.Admit(run);
                admitted.Add(run);
            }
        });

        Assert.Equal(ErrorCodes.QueueFull, refusal.Code);
        Assert.InRange(admitted.Count, 250, 256);
        admitted.ForEach(registry.DropBody);
        admitted.ForEach(registry.Remove);
        Assert.Equal(0, registry.Count);
        var next = new ActiveRun(
            "next",
            "ann",
            RunRequest.Parse("agent", JsonElement.Parse($"{{\"task\":\"{new string('x', 1_000_000)}\"}}"), isStreamed: true),
            room,
            null);
        registry.Admit(next);
    }
}
