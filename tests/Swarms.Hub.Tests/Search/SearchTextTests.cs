namespace Swarms.Hub.Search;

/// <summary>The one form in which texts and queries are compared, script by script.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Привет", "ПРИВЕТ")]
    [InlineData("ещё", "еще")]
    [InlineData("Ägypten", "a\u0308gypten")]
    [InlineData("naïve café", "NAIVE CAFE")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("STRAẞE", "strasse")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Diyarbakır", "DIYARBAKIR")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΣΑΣ", "σας")]
    [InlineData("Ἀθῆναι", "ΑΘΗΝΑΙ")]
    [InlineData("ﬁnal", "FINAL")]
    [InlineData("ＡＢＣ１２３", "abc123")]
    [InlineData("が", "か\u3099")]
    [InlineData("ガ", "カ\u3099")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("한글", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("가\u11A8", "각")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("مَرْحَبًا", "مرحبا")]
    [InlineData("ко\u00ADоп", "кооп")]
    [InlineData("❤\uFE0F", "❤")]
    [InlineData("й", "и\u0306")]
    [InlineData("क\u093C", "\u0958")]
    [InlineData("ſ", "S")]
    [InlineData("a\0b", "A\0B")]
    public void Texts_That_Differ_In_Case_Accents_Width_Or_Spelling_Are_One(string one, string other) =>
        Assert.Equal(SearchText.Fold(one).Text, SearchText.Fold(other).Text);

    // An attribute cannot hold half of a character.
    [Fact]
    public void Half_Characters_And_What_Is_None_Are_Replacement_Signs()
    {
        Assert.Equal("a\uFFFDb", SearchText.Fold("A\uD800B").Text);
        Assert.Equal("a\uFFFDb", SearchText.Fold("A\uDC00B").Text);
        Assert.Equal("a\uFFFDb", SearchText.Fold("A\uFFFEB").Text);
        Assert.Equal("\uFFFD\uFFFD", SearchText.Fold("\uDC00\uD800").Text);
    }

    [Theory]
    [InlineData("мой", "мои")]
    [InlineData("が", "か")]
    [InlineData("が", "ガ")]
    [InlineData("ぱ", "ば")]
    [InlineData("東京", "京東")]
    [InlineData("हि", "ही")]
    [InlineData("ก่า", "กา")]
    [InlineData("o", "0")]
    [InlineData("👍", "👎")]
    public void Letters_Of_A_Script_Stay_Apart(string one, string other) =>
        Assert.NotEqual(SearchText.Fold(one).Text, SearchText.Fold(other).Text);

    [Theory]
    [InlineData("Die Straße lang", "strasse", "Straße")]
    [InlineData("Die Straße lang", "s", "ß")]
    [InlineData("xe\u0301y", "e", "e\u0301")]
    [InlineData("ab\u00ADcd", "bc", "b\u00ADc")]
    [InlineData("👩\u200D💻 works", "works", "works")]
    [InlineData("ﬁnal", "i", "ﬁ")]
    [InlineData("か\u3099っこう", "がっ", "か\u3099っ")]
    public void Places_Lead_Back_To_Whole_Letters_Of_The_Original(string text, string term, string original)
    {
        var folded = SearchText.Fold(text);
        var at = folded.Text.IndexOf(term, StringComparison.Ordinal);
        if (term == "s")
            at = folded.Text.IndexOf("ss", StringComparison.Ordinal);

        var (start, end) = folded.ToOriginal(at, at + term.Length);

        Assert.Equal(original, text[start..end]);
    }

    [Fact]
    public void Every_Unit_Folds_As_It_Does_Folded_Once_More()
    {
        for (var unit = '\0'; unit < char.MaxValue; unit++)
        {
            if (char.IsSurrogate(unit))
                continue;

            var once = SearchText.Fold(unit.ToString()).Text;
            Assert.True(once == SearchText.Fold(once).Text, $"U+{(int)unit:X4}");
        }
    }

    [Fact]
    public void Text_Of_Marks_Alone_Takes_A_Moment_And_Keeps_Its_Places()
    {
        var folded = SearchText.Fold("e" + new string('\u0301', 1_000_000) + "x");

        Assert.Equal("ex", folded.Text);
        Assert.Equal((1_000_001, 1_000_002), folded.ToOriginal(1, 2));
    }
}
