using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

public sealed class RoomSumsTests
{
    [Fact]
    public void Costs_Are_Added_Exactly_And_Written_Without_Zeros_At_The_End()
    {
        var sums = Add(
            null, Of("m1", new Usage(1, 2, 3, 0.1m)), Of("m1", new Usage(10, 20, 30, 0.2m)), Of("m2", new Usage(0, 0, 0, 0.70m)));

        Assert.Equal(
            new SpendingFigures { Runs = 3, InputTokens = 11, OutputTokens = 22, TotalTokens = 33, Cost = "1" }, sums.Total);
        Assert.Equal(("0.3", "0.7"), (sums.Members[0].Cost, sums.Members[1].Cost));
    }

    [Fact]
    public void Unknown_Usage_Is_Counted_Beside_The_Sum_And_Keeps_Its_Reservation()
    {
        var sums = Add(
            null,
            Of("m1", new Usage(1, 2, 3, 0.5m)),
            Of("m1", null, new RunReservation(500, "0.02")),
            Of("m1", new Usage(1, 1, 2, null), new RunReservation(500, "0.02")),
            Of("m1", new Usage(null, null, null, 0.25m), new RunReservation(500, "0.02")));

        Assert.Equal(
            new SpendingFigures
            {
                Runs = 4,
                InputTokens = 2,
                OutputTokens = 3,
                TotalTokens = 5,
                Cost = "0.75",
                UnknownTokens = 2,
                UnknownCosts = 2,
                HeldTokens = 1000,
                HeldCost = "0.04",
            },
            sums.Total);
    }

    [Fact]
    public void Cost_That_Nobody_Stated_Is_Not_Nought()
    {
        Assert.Null(Add(null, Of("m1", new Usage(1, 2, 3, null))).Total.Cost);
        Assert.Equal("0", Add(null, Of("m1", new Usage(1, 2, 3, 0.00m))).Total.Cost);
    }

    [Fact]
    public void Figures_Below_Zero_Refund_Nothing()
    {
        var sums = Add(null, Of("m1", new Usage(5, 5, 10, 1m)), Of("m1", new Usage(-9, -9, -18, -0.5m)));

        Assert.Equal(
            new SpendingFigures
            {
                Runs = 2,
                InputTokens = 5,
                OutputTokens = 5,
                TotalTokens = 10,
                Cost = "1",
                UnknownTokens = 1,
                UnknownCosts = 1,
            },
            sums.Total);
    }

    [Fact]
    public void Sums_That_No_Number_Holds_Stay_At_The_Largest_One()
    {
        var most = Of("m1", new Usage(long.MaxValue, long.MaxValue, long.MaxValue, decimal.MaxValue));

        var total = Add(null, most, most).Total;

        Assert.Equal((9_007_199_254_740_991L, "79228162514264337593543950335"), (total.TotalTokens, total.Cost));
    }

    [Fact]
    public void Rows_Are_Bounded_And_All_Others_Share_One()
    {
        var sums = Add(null, [.. Enumerable.Range(0, RoomState.MaxSpendingRows + 50).Select(i => Of($"m{i}", new Usage(1, 1, 2, 0.1m)))]);

        // The row without a key is one more than those with a key.
        Assert.Equal(RoomState.MaxSpendingRows + 1, sums.Members.Count);
        Assert.Equal((null, 50L, "5"), (sums.Members[^1].Key, sums.Members[^1].Runs, sums.Members[^1].Cost));
        Assert.Equal("0.2", Add(sums, Of("m0", new Usage(1, 1, 2, 0.1m))).Members[0].Cost);
        Assert.Equal(sums.Members[^1], RoomSums.Find(sums.Members, "m549"));
    }

    private static RoomSpending Add(RoomSpending? before, params IEnumerable<Run> runs) =>
        runs.Aggregate(before, (sums, run) => RoomSums.Add(sums, run).Sums)!;

    private static Run Of(string by, Usage? usage, RunReservation? reserved = null) => new()
    {
        Id = "r",
        Kind = RunKinds.Agent,
        Agent = new RunAgent("Writer", "gpt-4o"),
        Task = "",
        By = by,
        State = EventTypes.Done,
        QueuedAt = default,
        Usage = usage,
        Reserved = reserved,
    };
}
