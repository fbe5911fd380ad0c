namespace Swarms.Hub.Rooms;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("Ada", "ada")]
    [InlineData("Ada", "ADA")]
    [InlineData("Ada", "\u0410d\u0430")] // Cyrillic
    [InlineData("Ada", "\u0391da")] // Greek capital
    [InlineData("Bob", "\u0412ob")] // Cyrillic, whose small letter looks otherwise
    [InlineData("BOB", "\u0412ob")]
    [InlineData("Ada", "\uFF21\uFF44\uFF41")] // fullwidth
    [InlineData("Ada", "𝐀𝐝𝐚")] // mathematical
    [InlineData("Ada", "𝔄𝔡𝔞")]
    [InlineData("Ada", "Ⓐⓓⓐ")]
    [InlineData("Ian", "lan")] // I and l
    [InlineData("Bob", "B0b")]
    [InlineData("Lili", "Li1i")]
    [InlineData("Tim", "Tirn")]
    [InlineData("Strasse", "Straße")]
    [InlineData("GRO\u1E9E", "groß")]
    [InlineData("\uFB01ona", "Fiona")]
    [InlineData("\u0130brahim", "ibrahim")] // Turkish
    [InlineData("I\u015E\u0131k", "\u0131\u015F\u0131k")]
    [InlineData("Işil", "iŞIL")]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    [InlineData("Čapek", "ČAPEK")]
    [InlineData("Zo\u00EB", "Zoe\u0308")]
    [InlineData("Ann Marie", "Ann\u00A0\u00A0Marie")]
    [InlineData("A\u200Bda", "Ada")]
    [InlineData("Ad\u00ADa", "Ada")]
    [InlineData("\u2764\uFE0F", "\u2764")] // with and without the selector
    [InlineData("☂\uFE0F Ann", "☂ Ann")]
    [InlineData("\u0639\u0644\u06CC", "\u0639\u0644\u0649")] // Farsi yeh and Arabic alef maksura
    [InlineData("\u0643ريم", "\u06A9ريم")] // Arabic and Farsi kaf
    [InlineData("\u0661", "1")] // an Arabic digit, which looks like 1 and l
    [InlineData("Ali \u0966", "Ali 0")] // a Devanagari digit
    [InlineData("\u0E33", "\u0E4D\u0E32")] // Thai, in one and in two
    public void Names_That_Look_Alike_Are_One(string one, string other) => Assert.True(AreOne(one, other), Describe(one, other));

    [Theory]
    [InlineData("Ada", "Ida")]
    [InlineData("Ada", "Adam")]
    [InlineData("Ali", "All")]
    [InlineData("Zoe", "Zoë")]
    [InlineData("Ann Marie", "Annmarie")]
    [InlineData("Ada 2", "Ada 3")]
    [InlineData("Ada 1", "Ada 11")]
    [InlineData("Müller", "Mueller")]
    [InlineData("Иван", "Ирина")]
    [InlineData("محمد", "أحمد")]
    [InlineData("राम", "रमा")]
    [InlineData("学生", "先生")]
    [InlineData("👍", "👎")]
    [InlineData("👍🏻", "👍🏿")]
    [InlineData("nimdA", "Admin")]
    public void Names_That_Look_Otherwise_Are_Two(string one, string other) => Assert.False(AreOne(one, other), Describe(one, other));

    [Theory]
    [InlineData("Ann")]
    [InlineData("می‌خواهم")]
    [InlineData("ﷺ")]
    [InlineData("👩‍🔬 1️⃣")]
    [InlineData("¨´")]
    [InlineData("a\uFFFD")]
    public void Key_Of_A_Key_Is_The_Same(string name)
    {
        var key = NameKey.Of(name);
        Assert.NotEqual("", key.Folded);
        Assert.Equal(key.Folded, NameKey.Of(key.Folded).Folded);
        Assert.Equal(key.Look, NameKey.Of(key.Look).Look);
    }

    // The file's whole table, so that a line that is lost or misread shows.
    [Fact]
    public void Data_Are_Those_Of_Their_Version()
    {
        Assert.Equal("17.0.0/1", NameKey.Version);
        Assert.Equal((1467, 2784), (UnicodeNames.Instance.Folds.Count, UnicodeNames.Instance.Looks.Count));
    }

    [Fact]
    public void Longest_Name_Has_A_Bounded_Key()
    {
        // U+FDFA becomes 18 characters, and no other becomes more.
        var key = NameKey.Of(new string('\uFDFA', 100));
        Assert.InRange(key.Folded.Length, 100, 4_000);
        Assert.InRange(key.Look.Length, 100, 4_000);
    }

    private static bool AreOne(string one, string other)
    {
        var (first, second) = (NameKey.Of(one), NameKey.Of(other));
        return first.Folded == second.Folded || first.Look == second.Look;
    }

    private static string Describe(string one, string other) => $"{one} {NameKey.Of(one)}; {other} {NameKey.Of(other)}";
}
