using CsCheck;

namespace Swarms.Hub.Storage.Model;

public sealed class StoredTextTests
{
    private static readonly Gen<string> Texts = Gen.Char["ab\0\ufffe\uffff"].Array[0, 12].Select(letters => new string(letters));

    [Fact]
    public void Text_Is_Read_As_It_Was_Stored() => Texts.Sample(text => Assert.Equal(text, StoredText.Decode(StoredText.Encode(text))));

    [Fact]
    public void Stored_Text_Has_No_Zero() => Texts.Sample(text => Assert.DoesNotContain('\0', StoredText.Encode(text)));

    [Fact]
    public void Part_Of_A_Text_Is_A_Part_Of_What_Is_Stored() => Gen.Select(Texts, Texts, Texts).Sample((before, part, after) =>
        Assert.Contains(StoredText.Encode(part), StoredText.Encode(before + part + after), StringComparison.Ordinal));

    [Fact]
    public void Usual_Text_Is_Stored_As_It_Is()
    {
        var text = "Grüße \u2028 🦊 \u0001 \ufffd";

        Assert.Same(text, StoredText.Encode(text));
        Assert.Same(text, StoredText.Decode(text));
    }

    [Fact]
    public void Text_That_Was_Stored_With_A_Zero_Keeps_It() => Assert.Equal("a\0b", StoredText.Decode("a\0b"));
}
