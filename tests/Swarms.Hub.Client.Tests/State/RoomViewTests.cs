using Swarms.Hub.Client.Tests.Cases;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomViewTests
{
    public static TheoryData<string> Cases => [.. FoldCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mismatching_Digests_Are_Found_And_No_Others(string name)
    {
        var example = FoldCase.Load(name);
        var view = new RoomView();

        var mismatches = example.Frames.SelectMany(view.Apply).Where(digest => !digest.Matches).Select(digest => digest.Run.Id);

        Assert.Equal(example.ExpectedMismatches, mismatches);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cursor_Is_That_Of_The_Last_Frame(string name)
    {
        var example = FoldCase.Load(name);
        var view = new RoomView();

        foreach (var frame in example.Frames)
            view.Apply(frame);

        Assert.Equal(example.Expected["cursor"]!.GetValue<string>(), view.CursorFor(0));
    }
}
