using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientRoomsTests : RoomClientTestBase
{
    private static readonly RoomBudget Budget = new() { MemberCost = "0.3", Models = ["a"], HardStop = true };

    [Fact]
    public async Task Changed_Budget_Keeps_The_Limits_That_The_Change_Leaves_Alone()
    {
        var body = await ChangeAsync(Budget, budget => budget with { MemberCost = "0.5", RoomTokens = 1000 });

        Assert.Equal("""{"settings":{"budget":{"roomTokens":1000,"memberCost":"0.5","models":["a"],"hardStop":true}}}""", body);
    }

    [Fact]
    public async Task Changed_Budget_Begins_Without_Limits_Where_The_Room_Has_None()
    {
        Assert.Equal(
            """{"settings":{"budget":{"roomCost":"5"}}}""", await ChangeAsync(null, budget => budget with { RoomCost = "5" }));
    }

    [Fact]
    public async Task Changed_Budget_Is_Given_Back_To_The_Hub_By_Null()
    {
        Assert.Equal("""{"settings":{"budget":null}}""", await ChangeAsync(Budget, _ => null));
    }

    private async Task<string> ChangeAsync(RoomBudget? before, Func<RoomBudget, RoomBudget?> change)
    {
        var room = Frames.Room with { Settings = new RoomSettings { Budget = before } };
        Hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2) with { Room = room }, Ada));
        Hub.Answer("PATCH /api/rooms/room1", room);

        await OpenRoom().ChangeBudgetAsync(change, TestContext.Current.CancellationToken);

        return Hub.Calls.Last().Body;
    }
}
