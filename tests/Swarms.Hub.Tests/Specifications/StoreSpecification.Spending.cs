using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Spending: the sums of a room are saved with its endings, and the hub's own ones are added up exactly by the day.</content>
public abstract partial class StoreSpecification
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    private static readonly RoomSpending Sums = new(
        new SpendingFigures { Runs = 2, TotalTokens = 30, Cost = "0.30", UnknownCosts = 1, HeldTokens = 500, HeldCost = "0.000000001" },
        [new SpendingFigures { Key = "m2", Runs = 1, Cost = "0.2" }, new SpendingFigures { Key = "m1", Runs = 1, Cost = "0.1" }],
        [new SpendingFigures { Key = "Wri\0ter 🦊", Runs = 2 }],
        [new SpendingFigures { Runs = 2, UnknownTokens = 2 }]);

    [Fact]
    public async Task Sums_Of_A_Room_Are_Those_Of_Its_Last_Commit_To_The_Letter_And_Outlast_A_Crash()
    {
        var (room, other) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync());
        Assert.Null((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Spending);

        await _store.StoreAsync(
            Spend(room, Sums with { Models = [] }), Spend(room, Sums), Spend(other, Sums with { Total = new SpendingFigures() }));
        await _store.CrashAsync();

        Assert.Equal(Text(Sums), Text((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Spending));
        Assert.Equal(
            Text(Sums with { Total = new SpendingFigures() }),
            Text((await _store.Rooms.LoadAsync(other.Id, CancellationToken))!.State.Spending));
    }

    [Fact]
    public async Task Sums_Of_A_Refused_Commit_Are_Not_Saved()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(Spend(room, Sums));
        var refused = room.Commit(
            [LogUnderTest.Event(EventTypes.Spending, new { })],
            new SpendingChange.Save(Sums with { Models = [] }), new SpendingChange.AddToHub(Today, 5, 1m),
            new MemberChange.Remove("nobody"));

        await _store.StoreAsync(refused);

        Assert.NotNull(await CodeAsync(refused));
        Assert.Equal(Text(Sums), Text((await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Spending));
        Assert.Empty(await _store.Spending.ListDaysAsync(Today, CancellationToken));
    }

    [Fact]
    public async Task Hubs_Sums_Are_Exact_By_The_Day_And_Outlast_The_Deletion_Of_Rooms()
    {
        var (room, other) = (await _store.CreateRoomAsync(), await _store.CreateRoomAsync());
        await _store.StoreAsync(
            room.Commit([LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.AddToHub(Today, 10, 0.1m)),
            other.Commit([LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.AddToHub(Today, 20, 0.2m)),
            other.Commit(
                [LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.AddToHub(Today.AddDays(-2), 7, 0.0000000001m)),
            Delete(room));
        await RemoveRemainsAsync();
        await _store.RestartAsync();

        Assert.Equal([new DaySpending(Today, 30, 0.3m)], await _store.Spending.ListDaysAsync(Today.AddDays(-1), CancellationToken));
        Assert.Equal(
            [new DaySpending(Today.AddDays(-2), 7, 0.0000000001m), new DaySpending(Today, 30, 0.3m)],
            await _store.Spending.ListDaysAsync(Today.AddDays(-2), CancellationToken));
    }

    private static PendingCommit Spend(RoomUnderTest room, RoomSpending sums) =>
        room.Commit([LogUnderTest.Event(EventTypes.Spending, new { })], new SpendingChange.Save(sums));

    private static string Text(RoomSpending? spending) => JsonSerializer.Serialize(spending, ProtocolJson.Options);
}
