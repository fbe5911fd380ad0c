namespace Swarms.Hub.Bodies;

public sealed class ByteBudgetTests
{
    private readonly ByteBudget _budget = new(1_000);

    [Fact]
    public void Holder_Has_A_Quarter_At_Most_And_Others_Have_Theirs()
    {
        using var first = _budget.TryReserve("a", 200);
        Assert.NotNull(first);

        Assert.Null(_budget.TryReserve("a", 51));
        using var second = _budget.TryReserve("a", 50);
        using var other = _budget.TryReserve("b", 250);

        Assert.NotNull(second);
        Assert.NotNull(other);
    }

    [Fact]
    public void Bytes_Are_Bounded_In_Total_And_Free_Again_When_Their_Last_User_Is_Gone()
    {
        var held = Enumerable.Range(0, 4).Select(i => _budget.TryReserve($"holder {i}", 250)!).ToList();
        Assert.Null(_budget.TryReserve("late", 1));

        var user = held[0].Keep();
        held[0].Dispose();
        Assert.Null(_budget.TryReserve("late", 1));
        user.Dispose();
        user.Dispose();

        Assert.NotNull(_budget.TryReserve("late", 250));
        Assert.Null(_budget.TryReserve("later", 1));
    }

    [Fact]
    public void Request_That_Is_Larger_Than_A_Bound_Is_Taken_Alone()
    {
        using (var share = _budget.TryReserve("a", 600))
        {
            Assert.NotNull(share);
            Assert.Null(_budget.TryReserve("a", 1));
            using var other = _budget.TryReserve("b", 100);
            Assert.NotNull(other);
        }

        Assert.NotNull(_budget.TryReserve("a", 5_000));
        Assert.Null(_budget.TryReserve("b", 1));
    }

    [Fact]
    public void Reservation_Grows_Within_The_Bounds()
    {
        using var growing = _budget.TryReserve("a", 100)!;
        using var sibling = _budget.TryReserve("a", 100)!;

        Assert.True(growing.TryAdd(50));
        Assert.False(growing.TryAdd(1));
    }

    [Fact]
    public void Bytes_That_Wait_Leave_A_Quarter_For_Those_That_Do_Not()
    {
        var held = Enumerable.Range(0, 3).Select(i => _budget.TryReserve($"holder {i}", 250)!).ToList();
        Assert.All(held, one => Assert.True(one.TryWait()));

        using var prompt = _budget.TryReserve("late", 100);
        Assert.NotNull(prompt);
        Assert.False(prompt.TryWait());
        held[0].Dispose();
        Assert.True(prompt.TryWait());
    }
}
