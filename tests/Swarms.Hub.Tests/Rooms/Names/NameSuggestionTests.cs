using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class NameSuggestionTests
{
    [Fact]
    public void First_Free_Number_Is_Suggested()
    {
        Assert.Equal("Ada 2", Suggest("Ada", "Ada"));
        Assert.Equal("Ada 4", Suggest("Ada", "Ada", "Ada 2", "Ada 3"));
        Assert.Equal("Ada 3", Suggest("Ada 2", "Ada", "Ada 2"));
        Assert.Equal("2", Suggest("1", "1")?[2..]);
    }

    [Fact]
    public void Among_Many_Of_A_Name_One_Beyond_Their_Number_Is_Free()
    {
        string[] taken = ["Ada", .. Enumerable.Range(2, 500).Select(number => $"Ada {number}")];
        var free = Suggest("Ada", taken);
        Assert.NotNull(free);
        Assert.DoesNotContain(free, taken);
    }

    [Fact]
    public void Suggestion_Is_No_Longer_Than_A_Name_And_Cuts_No_Character()
    {
        var longest = string.Concat(Enumerable.Repeat("👍", Texts.MaxMemberName / 2));
        var free = Suggest(longest, longest);
        Assert.Equal($"{longest[..98]} 2", free);
        Assert.Equal(free, NameText.Normalize(free!));
    }

    [Fact]
    public void Without_A_Free_One_The_Refusal_Has_No_Suggestion()
    {
        var refusal = NameSuggestion.Refuse("Ada", 3, _ => true);
        Assert.Null(refusal.Suggestion);
        Answer.IsSentence(refusal.Message);
    }

    private static string? Suggest(string name, params string[] taken)
    {
        var refusal = NameSuggestion.Refuse(name, taken.Length, taken.Contains);
        Answer.IsSentence(refusal.Message);
        Assert.Contains($"\"{refusal.Suggestion}\" is free", refusal.Message, StringComparison.Ordinal);
        return refusal.Suggestion;
    }
}
