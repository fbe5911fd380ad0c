namespace Swarms.Hub.Architecture;

public sealed class FloorsPictureTests
{
    private const string Picture = "docs/floors.svg";

    private static readonly bool IsDrawn = Environment.GetEnvironmentVariable("SWARMS_HUB_DRAW") == "1";

    [Fact]
    public void Committed_Picture_Shows_The_Table_Of_Arrows()
    {
        var drawn = FloorsPicture.Draw(ArrowsTests.House);
        if (IsDrawn)
            File.WriteAllText(Path.Combine(Repository.Root, Picture), drawn);

        Assert.True(drawn == Repository.Read(Picture), $"{Picture} is of another table: run .ci/draw-floors and look at the picture.");
    }

    [Fact]
    public void Picture_Has_A_Box_For_Every_Room()
    {
        var picture = Repository.Read(Picture);

        var names = ArrowsTests.House.Select(entry => FloorsPicture.ShortName(entry.Room));
        Assert.All(names, name => Assert.Contains($">{name}</text>", picture, StringComparison.Ordinal));
    }
}
