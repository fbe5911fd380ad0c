using System.Text.Json;
using Swarms.Hub.Cli;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.Cli.Output;

public sealed class MoneyWordsTests
{
    [Theory]
    [InlineData(
        """{"scope":"room","percent":80,"spentCost":"4.10","limitCost":"5"}""", "at least 80 % of the room's budget is used up: 4.10 of 5")]
    [InlineData(
        """{"scope":"member","key":"m1","percent":80,"spentTokens":800,"limitTokens":1000}""",
        "at least 80 % of the budget of Ada is used up: 800 of 1000 tokens")]
    [InlineData("""{"scope":"member","key":"m9","percent":80}""", "at least 80 % of the budget of a member is used up")]
    [InlineData("""{"scope":"model","key":"gpt-4o","percent":80}""", "at least 80 % of the budget of the model gpt-4o is used up")]
    [InlineData("""{"scope":"hub","percent":80}""", "at least 80 % of the hub's budget is used up")]
    public void Warning_Names_The_Budget_And_The_Figures_That_The_Reader_May_See(string data, string words)
    {
        Assert.Equal(words, MoneyWords.Warning(BudgetWarnedPayload.Read(JsonElement.Parse(data)), id => id == "m1" ? "Ada" : null));
    }
}
