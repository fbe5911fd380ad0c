using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class PassageReactionsTests
{
    [Fact]
    public void Reactions_To_The_Passages_Of_One_Run_Are_Kept_Within_Their_Bound()
    {
        var state = new RoomState(new Room { Id = "room", Name = "Test", CreatedAt = DateTimeOffset.UnixEpoch });
        state.Apply(LogUnderTest.Event(EventTypes.RunQueued, new { kind = "agent", task = "Test" }, "run").ToRoomEvent(1));
        state.Apply(LogUnderTest.Chunk("Leaves").ToRoomEvent(2));

        for (var end = 1; end <= 1_000; end++)
        {
            var data = new ReactionPayload("👍", 2, new Passage("run", 2, 0, 2, end));
            state.Apply(LogUnderTest.Event(EventTypes.Reaction, data, by: "01m8cgpj7s0005czhzctnx62kn").ToRoomEvent(2 + end));
        }

        // An emoji of two units, a member's id of 26, and 64 for the passage.
        var kept = state.FindRun("run")!.ToRun().Reactions!;
        Assert.Equal(RunState.MaxReactionsLength / (2 + 26 + 64), kept.Count);
        Assert.Equal(Enumerable.Range(1, kept.Count), kept.Select(reaction => reaction.Passage.ToOffset));
    }
}
