using Swarms.Hub.Support;

namespace Swarms.Hub.RoomLogs;

public sealed class RoomTailTests
{
    [Fact]
    public void Tail_Keeps_At_Most_Its_Bytes_And_At_Least_The_Newest_Batch()
    {
        var tail = new RoomTail(4_000);
        for (var i = 1; i <= 1_000; i++)
            tail.Add(Batch(i, new string('x', 100)));
        tail.Add(Batch(1_001, new string('y', 10_000)));

        Assert.Null(tail.Read(0));
        Assert.Null(tail.Read(999));
        Assert.Equal(1_001, Assert.Single(tail.Read(1_000)!).FirstSequence);
    }

    [Fact]
    public void Tail_Keeps_All_That_Fits()
    {
        const int Fit = 10;
        // All sequences have the same number of digits, so all frames have the same size.
        var tail = new RoomTail(Fit * Batch(1_000, "x").Frame.Length);
        for (var i = 1_000; i < 1_100; i++)
        {
            tail.Add(Batch(i, "x"));

            var oldest = Math.Max(1_000, i - Fit + 1);
            Assert.Equal(i - oldest + 1, tail.Read(oldest - 1)?.Count);
            Assert.Null(tail.Read(oldest - 2));
        }
    }

    [Fact]
    public void Read_Gives_What_Follows_A_Border_Between_Batches_And_Nothing_From_Within_One()
    {
        var tail = new RoomTail(1_000_000);
        tail.Add(
            CommittedBatch.Encode(
                1, [LogUnderTest.Chunk("a"), LogUnderTest.Chunk("b")], [EventLink.CreateFirst(), EventLink.CreateFirst()]));
        tail.Add(Batch(3, "c"));

        Assert.Equal([1, 3], tail.Read(0)!.Select(batch => batch.FirstSequence));
        Assert.Null(tail.Read(1));
        Assert.Equal([3], tail.Read(2)!.Select(batch => batch.FirstSequence));
    }

    [Fact]
    public void Link_Is_Found_Of_Every_Event_That_The_Tail_Holds_And_Of_No_Other()
    {
        var tail = new RoomTail(1_000);
        Assert.Null(tail.FindLink(1));
        var links = new Dictionary<long, EventLink?>();
        for (var sequence = 1L; sequence <= 60; sequence += 3)
        {
            EventLink?[] three = [EventLink.CreateFirst(), EventLink.CreateFirst(), EventLink.CreateFirst()];
            tail.Add(CommittedBatch.Encode(sequence, [LogUnderTest.Chunk("a"), LogUnderTest.Chunk("b"), LogUnderTest.Chunk("c")], three));
            for (var i = 0; i < three.Length; i++)
                links[sequence + i] = three[i];

            for (var s = 0L; s <= sequence + 3; s++)
                Assert.Equal(s < sequence + 3 && IsHeld(tail, s) ? links.GetValueOrDefault(s) : null, tail.FindLink(s));
        }

        static bool IsHeld(RoomTail tail, long sequence) => tail.Read((sequence - 1) / 3 * 3) is not null && sequence > 0;
    }

    [Fact]
    public void Read_Hands_Over_A_Bounded_Part_And_The_Rest_Next_Time()
    {
        var tail = new RoomTail(10_000_000);
        for (var i = 1; i <= 100; i++)
            tail.Add(Batch(i, new string('x', 10_000)));

        var (position, reads) = (0L, 0);
        while (position < 100)
        {
            var read = tail.Read(position)!;
            Assert.Equal(position + 1, read[0].FirstSequence);
            Assert.InRange(read.Sum(batch => batch.Frame.Length), 1, 65_536);
            position = read[^1].LastSequence;
            reads++;
        }

        Assert.InRange(reads, 16, 18);
    }

    private static CommittedBatch Batch(long sequence, string content) =>
        CommittedBatch.Encode(sequence, [LogUnderTest.Chunk(content)], [EventLink.CreateFirst()]);
}
