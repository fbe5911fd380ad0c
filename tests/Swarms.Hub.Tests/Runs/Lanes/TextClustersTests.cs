using System.Globalization;
using CsCheck;

namespace Swarms.Hub.Runs;

public sealed class TextClustersTests
{
    private const string Family = "👩‍👩‍👧";

    // Marks, joiners, flags, jamo, an Indic conjunct and plain letters, so that most cuts lie inside a character.
    private static readonly string[] Parts =
    [
        "a", "b", " ", "\r", "\n", "é", "e\u0301", "\u0301", "\u200D", Family, "🇩", "🇪", "👍🏽",
        "क्ष", "한", "ᄒ", "ᅡ", "ᆫ", "漢", "Ж", "\u0600",
    ];

    [Fact]
    public void Borders_Are_Those_Of_The_Whole_Text_Wherever_It_Is_Cut() => Gen.Int[0, Parts.Length - 1].Array[1, 60]
        .Sample(
            picks =>
            {
                var clusters = new TextClusters();
                foreach (var pick in picks)
                    clusters.Append(Parts[pick]);

                var text = string.Concat(picks.Select(pick => Parts[pick]));
                int[] borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
                for (var place = 0; place <= text.Length; place++)
                {
                    Assert.Equal(borders.Last(border => border <= place), clusters.FindBefore(place));
                    Assert.Equal(borders.First(border => border >= place), clusters.FindAfter(place));
                }
            },
            iter: 300);

    [Fact]
    public void A_Character_Of_Many_Marks_Is_One_However_Long_It_Is()
    {
        var clusters = new TextClusters();
        clusters.Append("x" + new string('\u0301', 5_000) + "y");

        Assert.Equal((0, 5_001), (clusters.FindBefore(3_000), clusters.FindAfter(3_000)));
        Assert.Equal((5_001, 5_001), (clusters.FindBefore(5_001), clusters.FindAfter(5_001)));
    }

    [Fact]
    public void Places_Stay_Where_They_Are_When_The_Beginning_Is_Dropped()
    {
        var clusters = new TextClusters();
        clusters.Append(new string('a', 200_000) + Family);
        clusters.DropBefore(200_000);

        Assert.Equal(200_000 + Family.Length, clusters.Length);
        Assert.Equal((200_000, clusters.Length), (clusters.FindBefore(200_003), clusters.FindAfter(200_003)));
    }
}
