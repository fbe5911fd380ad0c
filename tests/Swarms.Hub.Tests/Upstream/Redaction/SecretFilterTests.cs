using CsCheck;

namespace Swarms.Hub.Upstream;

public sealed class SecretFilterTests
{
    private static readonly Gen<string> Word = Gen.Char["abc"].Array[1, 5].Select(units => new string(units));

    [Fact]
    public void Text_Comes_Out_The_Same_Wherever_It_Is_Cut() =>
        Gen.Select(Word.Array[0, 6], Gen.Char["abc"].Array[0, 40], Gen.Int[1, 5].Array[1, 40]).Sample((secrets, units, lengths) =>
        {
            var text = new string(units);
            var filter = new SecretFilter(new SecretAutomaton(secrets), minHeld: 1);
            var came = "";
            var at = 0;
            foreach (var length in lengths)
            {
                var piece = text.Substring(at, Math.Min(length, text.Length - at));
                came += filter.Add(piece);
                at += piece.Length;
            }

            came += filter.Add(text[at..]) + filter.Finish();
            Assert.Equal(Simply(text, secrets), came);
        });

    [Fact]
    public void Secret_Whose_First_Characters_Came_Alone_Is_Redacted_From_There()
    {
        var filter = new SecretFilter(new SecretAutomaton(["sesame-1"]));
        Assert.Equal("open ses[redacted]!", string.Concat("open sesame-1!".Select(unit => filter.Add($"{unit}"))));
    }

    [Fact]
    public void Only_What_May_Become_A_Secret_Is_Held_Back()
    {
        var filter = new SecretFilter(new SecretAutomaton(["sesame-1"]));
        Assert.Equal("open s", filter.Add("open s"));
        Assert.Equal("open ", filter.Add("open sesa"));
        Assert.Equal("", filter.Add("m"));
        Assert.Equal("sesamy", filter.Add("y"));
        Assert.Equal("x ", filter.Add("x sesame-"));
        Assert.Equal("sesame-", filter.Finish());
        Assert.Equal("1", filter.Add("1"));
    }

    [Fact]
    public void Secret_Without_An_End_Is_Not_Held_For_Ever()
    {
        var filter = new SecretFilter(new SecretAutomaton(["aaaaaaaa"]));
        var came = string.Concat(Enumerable.Range(0, 1_000).Select(_ => filter.Add("a")));
        Assert.Equal("aaa[redacted]", came);
        Assert.Equal("b", filter.Add("b"));
    }

    // Marks every unit that some secret covers; secrets that overlap are one mark, those side by side are two.
    private static string Simply(string text, string[] secrets)
    {
        var found = secrets
            .SelectMany(secret => Enumerable.Range(0, text.Length)
                .Where(at => string.CompareOrdinal(text, at, secret, 0, secret.Length) == 0)
                .Select(at => (From: at, To: at + secret.Length)))
            .OrderBy(one => one.From)
            .ToList();
        var joined = new List<(int From, int To)>();
        foreach (var (from, to) in found)
        {
            if (joined.Count > 0 && from < joined[^1].To)
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, to));
            else
                joined.Add((from, to));
        }

        for (var i = joined.Count - 1; i >= 0; i--)
            text = $"{text[..joined[i].From]}[redacted]{text[joined[i].To..]}";

        return text;
    }
}
