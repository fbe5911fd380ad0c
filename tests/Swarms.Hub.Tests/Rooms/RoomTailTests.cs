using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

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
        // Sequences of as many digits, and so frames of one size.
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
        tail.Add(CommittedBatch.Encode("e", 1, [LogUnderTest.Chunk("a"), LogUnderTest.Chunk("b")]));
        tail.Add(CommittedBatch.Encode("e", 3, [LogUnderTest.Chunk("c")]));

        Assert.Equal([1, 3], tail.Read(0)!.Select(batch => batch.FirstSequence));
        Assert.Null(tail.Read(1));
        Assert.Equal([3], tail.Read(2)!.Select(batch => batch.FirstSequence));
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

    private static CommittedBatch Batch(long sequence, string content) => CommittedBatch.Encode("e", sequence, [LogUnderTest.Chunk(content)]);
}
