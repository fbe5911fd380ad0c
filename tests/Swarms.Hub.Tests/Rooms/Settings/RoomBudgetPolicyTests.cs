using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class RoomBudgetPolicyTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Budget_Is_A_Setting_And_A_New_One_Replaces_It_As_A_Whole()
    {
        var host = await _hub.CreateRoomAsync();

        var first = await ChangeAsync(host, """{"roomCost": 5.50, "memberCost": "0.10", "models": ["b", "a", "b"], "hardStop": true}""");
        var second = await ChangeAsync(host, """{"maxTokens": 500, "roomCost": null, "hardStop": false}""");

        Assert.Equal(new RoomBudget { RoomCost = "5.5", MemberCost = "0.1", Models = ["a", "b"], HardStop = true }, first);
        Assert.Equal(new RoomBudget { MaxTokens = 500 }, second);
        Assert.Null(await ChangeAsync(host, "null"));
    }

    [Theory]
    [InlineData("""{"roomCost": -1}""", "roomCost must be an amount from 0 to 1000000000000")]
    [InlineData("""{"roomCost": "-0.5"}""", "roomCost must be an amount")]
    [InlineData("""{"roomCost": "1e3"}""", "roomCost must be an amount")]
    [InlineData("""{"roomCost": 1e300}""", "roomCost must be an amount")]
    [InlineData("""{"roomCost": "1,5"}""", "roomCost must be an amount")]
    [InlineData("""{"memberCost": "0.00000000001"}""", "with at most 10 decimals")]
    [InlineData("""{"modelCost": true}""", "modelCost must be an amount")]
    [InlineData("""{"roomTokens": -1}""", "roomTokens must be a whole number from 0 to")]
    [InlineData("""{"memberTokens": 1.5}""", "memberTokens must be a whole number")]
    [InlineData("""{"modelTokens": "10"}""", "modelTokens must be a whole number")]
    [InlineData("""{"memberRunsPerHour": 0}""", "memberRunsPerHour must be a whole number from 1 to 1000")]
    [InlineData("""{"parallelRuns": 0}""", "parallelRuns must be a whole number from 1 to")]
    [InlineData("""{"maxTokens": 0}""", "maxTokens must be a whole number from 1 to")]
    [InlineData("""{"models": "gpt-4o"}""", "models must be a list")]
    [InlineData("""{"models": [7]}""", "models must be a list")]
    [InlineData("""{"models": [""]}""", "must have 1 to 200 characters")]
    [InlineData("""{"hardStop": "yes"}""", "hardStop must be true or false")]
    [InlineData("""{"cost": "5"}""", "The fields are hardStop, maxTokens")]
    [InlineData("5", "budget must be an object")]
    public async Task Budgets_That_Make_No_Sense_Are_Refused_And_Change_Nothing(string budget, string sentence)
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await PatchAsync(host, budget);

        answer.IsProblem(400, ErrorCodes.Invalid);
        Assert.Contains(sentence, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await host.GetAsync($"{host.Path}/events")).Json.GetProperty("events").EnumerateArray(),
            e => e.GetProperty("type").GetString() == EventTypes.RoomChanged);
    }

    [Fact]
    public async Task Of_The_Operators_Limit_And_The_Rooms_The_Lower_One_Holds()
    {
        await using var hub = HubUnderTest.Start(
            ("RoomBudget:RoomCost", "2.50"), ("RoomBudget:MaxTokens", "1000"), ("RoomBudget:Models", "a; b"),
            ("RoomSettings:ShowMoney", "hosts"));
        var host = await hub.CreateRoomAsync();
        var initial = (await host.GetAsync(host.Path)).Json.GetProperty("room").GetProperty("settings");
        Assert.Equal(
            new RoomBudget { RoomCost = "2.5", MaxTokens = 1000, Models = ["a", "b"] }, RoomBudget.Read(initial.GetProperty("budget")));
        Assert.Equal(MoneyAudiences.Hosts, initial.GetProperty("showMoney").GetString());

        var chosen = await ChangeAsync(host, """{"roomCost": "1", "memberTokens": 9, "models": ["b"]}""");

        Assert.Equal(new RoomBudget { RoomCost = "1", MemberTokens = 9, MaxTokens = 1000, Models = ["b"] }, chosen);
        (await PatchAsync(host, """{"roomCost": "2.51"}""")).IsProblem(400, ErrorCodes.Invalid);
        (await PatchAsync(host, """{"maxTokens": 1001}""")).IsProblem(400, ErrorCodes.Invalid);
        (await PatchAsync(host, """{"models": ["c"]}""")).IsProblem(400, ErrorCodes.Invalid);
    }

    [Theory]
    [InlineData("\"everybody\"")]
    [InlineData("true")]
    [InlineData("\"Hosts\"")]
    public async Task Unknown_Audiences_Are_Refused(string audience)
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await host.PatchAsync(host.Path, JsonElement.Parse($$$"""{"settings": {"showMoney": {{{audience}}}}}"""));

        answer.IsProblem(400, ErrorCodes.Invalid);
        Assert.Contains("\"all\", \"participants\" or \"hosts\"", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Task<Answer> PatchAsync(MemberCaller host, string budget) =>
        host.PatchAsync(host.Path, JsonElement.Parse($$$"""{"settings": {"budget": {{{budget}}}}}"""));

    private static async Task<RoomBudget?> ChangeAsync(MemberCaller host, string budget)
    {
        var answer = await PatchAsync(host, budget);
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("settings").Deserialize<RoomSettings>(ProtocolJson.Options)!.Budget;
    }
}
