using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <content>A network that passes no WebSockets.</content>
public abstract partial class ReconnectSpecification
{
    [Fact]
    public async Task Program_On_A_Network_That_Passes_No_WebSockets_Gets_The_Whole_Run_Once_Also_Through_Cuts()
    {
        var network = Keep(new CuttableNetwork(_hub.Address) { PassesWebSockets = false });
        var room = await _hub.CreateRoomAsync();
        var direct = Keep(await TestViewer.JoinAsync(_hub.Address, room));
        var program = Watch(network.Address, room);
        await program.BecomesAsync("live");
        Assert.Equal("longPolling", program.Taken[^1].Transport);
        Assert.Equal(["catchingUp", "live"], program.States);

        var run = await _hub.StartRunAsync(room, new { chunks = 150, chunksPerSecond = 50 });
        await program.IsHandedAsync(EventTypes.Chunk);
        // A cut between two polls is none: the next poll opens a connection of its own.
        using (network.BreakEvery(TimeSpan.FromSeconds(2)))
            await program.NextAsync(handed => handed.Kind == "resumed");

        await direct.EndOfAsync(run.Id);

        Assert.Equal(direct.FindRun(run.Id)!.Text, await program.VerifiesAsync());
        Assert.Equal(direct.Events.Select(e => e.Sequence), program.Sequences);
    }
}
