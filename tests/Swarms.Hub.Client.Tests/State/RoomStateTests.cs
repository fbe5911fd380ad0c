using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Client.Tests.Cases;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomStateTests
{
    public static TheoryData<string> Cases => [.. FoldCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fold_Gives_The_Expected_State_After_The_Last_Frame(string name)
    {
        var example = FoldCase.Load(name);

        var state = new RoomState(example.Frames[0]);
        foreach (var frame in example.Frames)
            state = Fold(state, frame);

        var actual = JsonSerializer.SerializeToNode(state.ToSnapshot(example.Frames[^1].Cursor, SnapshotReasons.First), ProtocolJson.Options)!.AsObject();
        actual.Remove("kind");
        actual.Remove("reason");
        Assert.True(JsonNode.DeepEquals(example.Expected, actual), $"Expected {Shorten(example.Expected)}\nbut it is {Shorten(actual)}");
    }

    [Fact]
    public void Cases_Are_Found_And_Named_As_Their_Files() =>
        Assert.All(FoldCase.Names, name => Assert.Equal(name, FoldCase.Load(name).Name));

    private static RoomState Fold(RoomState state, RoomFrame frame)
    {
        if (frame.Kind == FrameKinds.Snapshot)
            return new RoomState(frame);

        foreach (var roomEvent in frame.Events ?? [])
            state.Apply(roomEvent);

        return state;
    }

    private static string Shorten(JsonNode node) => node.ToJsonString() is { Length: > 4000 } text ? text[..4000] + "…" : node.ToJsonString();
}
