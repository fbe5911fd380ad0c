using System.Text.Json;
using Swarms.Hub.Cli;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli.Output;

public sealed class RaceWordsTests
{
    [Theory]
    [InlineData("group.started", """{"group":"g1","isBlind":true,"runs":["r1","r2"]}""", "Ada starts the blind race g1 of 2")]
    [InlineData("group.started", """{"group":"g1","isBlind":false,"runs":["r1","r2"]}""", "Ada starts the race g1 of 2")]
    [InlineData("group.voted", """{"group":"g1","run":"r1"}""", "Ada votes for agent 1")]
    [InlineData("group.voted", """{"group":"g1","run":"r2"}""", "Ada votes for Teacher (m), number 2,")]
    [InlineData("group.voted", """{"group":"g1"}""", "Ada takes a vote back")]
    [InlineData(
        "group.revealed", """{"group":"g1","results":[{"run":"r2","votes":2},{"run":"r1","votes":1}],"runs":[]}""",
        "Ada reveals the race g1: Teacher (m), number 2, 2 votes, agent 1 1 vote")]
    [InlineData("group.revealed", """{"erased":9}""", null)]
    [InlineData("message", """{"text":"Hi"}""", null)]
    public void Event_Is_One_Line_And_An_Erased_One_Is_None(string type, string data, string? line)
    {
        var run = DoneRun("");
        var state = new RoomSnapshot
        {
            Room = Frames.Room,
            Members = [],
            Messages = [],
            Runs =
            [
                run with { Id = "r1", Agent = new RunAgent(null, null), Group = new GroupPlace("g1", 1) },
                run with { Id = "r2", Agent = new RunAgent("Teacher", "m"), Group = new GroupPlace("g1", 2) },
            ],
        };
        var roomEvent = new RoomEvent { Sequence = 7, At = default, Type = type, By = "m1", Data = JsonElement.Parse(data) };

        Assert.Equal(line, RaceWords.Of(roomEvent, "Ada", state));
    }
}
