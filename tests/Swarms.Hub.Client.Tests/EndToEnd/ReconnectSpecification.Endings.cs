using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <content>The causes that end a watch for good.</content>
public abstract partial class ReconnectSpecification
{
    [Fact]
    public async Task Program_Whose_Room_Is_Deleted_While_It_Is_Offline_Ends()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var program = Watch(network.Address, room);
        await program.BecomesAsync("live");

        network.Cut();
        await program.BecomesAsync("offline");
        using (var host = _hub.CreateClient(room.Token))
            (await host.DeleteAsync($"api/rooms/{room.Room.Id}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        network.Mend();

        await EndsAsync(program);
        Assert.Equal(["catchingUp", "live", "reconnecting", "offline", "ended"], program.States.Where(
            state => state != "catchingUp" || program.States.First() == state).Distinct());
    }

    [Fact]
    public async Task Program_Whose_Token_Is_Revoked_While_It_Is_Away_Ends()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        using var host = _hub.CreateClient(room.Token);
        var guest = await InviteAsync(host, room.Room.Id);
        var program = Watch(network.Address, guest);
        await program.BecomesAsync("live");

        network.Cut();
        await program.BecomesAsync("reconnecting");
        (await host.DeleteAsync(
            $"api/rooms/{room.Room.Id}/members/{guest.Member.Id}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        network.Mend();

        await EndsAsync(program);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task Program_That_Loses_Its_Room_While_It_Watches_Ends_With_The_Reason(bool isRemoved, bool passesWebSockets)
    {
        var network = Keep(new CuttableNetwork(_hub.Address) { PassesWebSockets = passesWebSockets });
        var room = await _hub.CreateRoomAsync();
        using var host = _hub.CreateClient(room.Token);
        var guest = await InviteAsync(host, room.Room.Id);
        var program = Watch(network.Address, guest);
        await program.BecomesAsync("live");

        (await host.DeleteAsync(
            isRemoved ? $"api/rooms/{room.Room.Id}/members/{guest.Member.Id}" : $"api/rooms/{room.Room.Id}",
            TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await EndsAsync(program);
        // A poll may be refused before the stream's last word came with one; the client then asks for the reason.
        string[] reasons = passesWebSockets
            ? [isRemoved ? ErrorCodes.Unauthenticated : ErrorCodes.NotFound]
            : [ErrorCodes.Unauthenticated, ErrorCodes.NotFound];
        Assert.Contains(program.Taken.Last(handed => handed.Kind == "refused").Code, reasons);
        // Asking takes another connection, which may get as far as catching up.
        var states = program.States.ToList();
        Assert.Equal(["catchingUp", "live"], states.Take(2));
        Assert.Equal("ended", states[^1]);
        if (passesWebSockets)
            Assert.Equal(3, states.Count);
    }

    private static async Task EndsAsync(SdkProgram program)
    {
        var refused = await program.NextAsync(handed => handed.Kind == "refused");
        Assert.Contains(refused.Code, (string[])[ErrorCodes.Unauthenticated, ErrorCodes.NotFound]);
        Assert.Equal("ended", program.States.Last());
    }
}
