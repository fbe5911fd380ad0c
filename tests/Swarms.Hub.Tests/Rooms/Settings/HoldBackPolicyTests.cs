using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class HoldBackPolicyTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task HoldBack_Is_A_Setting_And_A_New_One_Replaces_It_As_A_Whole()
    {
        var host = await _hub.CreateRoomAsync();

        Assert.Equal(
            new HoldBack { Seconds = 60, KeepLane = true, WithoutHost = "release" },
            await ChangeAsync(host, """{"seconds": 60, "keepLane": true, "withoutHost": "release"}"""));
        Assert.Equal(new HoldBack { Seconds = 0 }, await ChangeAsync(host, """{"seconds": 0}"""));
        Assert.Equal(new HoldBack(), await ChangeAsync(host, """{"seconds": null}"""));
        Assert.Equal(new HoldBack(), await ChangeAsync(host, "{}"));
        Assert.Null(await ChangeAsync(host, "false"));
        Assert.Null(await ChangeAsync(host, "null"));
    }

    [Theory]
    [InlineData("""{"seconds": 61}""", "seconds must be a whole number from 0 to 60")]
    [InlineData("""{"seconds": -1}""", "seconds must be a whole number")]
    [InlineData("""{"seconds": 1.5}""", "seconds must be a whole number")]
    [InlineData("""{"seconds": "5"}""", "seconds must be a whole number")]
    [InlineData("""{"keepLane": 1}""", "keepLane must be true or false")]
    [InlineData("""{"withoutHost": "wait"}""", "withoutHost must be \"stop\" or \"release\"")]
    [InlineData("""{"withoutHost": true}""", "withoutHost must be")]
    [InlineData("""{"delay": 5}""", "The fields are keepLane, seconds, withoutHost")]
    [InlineData("true", "holdBack must be an object")]
    [InlineData("10", "holdBack must be an object")]
    [InlineData("[]", "holdBack must be an object")]
    public async Task Values_That_Make_No_Sense_Are_Refused_And_Change_Nothing(string holdBack, string sentence)
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await PatchAsync(host, holdBack);

        answer.IsProblem(400, ErrorCodes.Invalid);
        Assert.Contains(sentence, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await host.GetAsync($"{host.Path}/events")).Json.GetProperty("events").EnumerateArray(),
            e => e.GetProperty("type").GetString() == EventTypes.RoomChanged);
    }

    [Fact]
    public async Task A_Room_Turns_Off_What_The_Operator_Turned_On_Unless_It_Is_Fixed()
    {
        await using var timed = HubUnderTest.Start(("HoldBack:Mode", "timed"), ("HoldBack:Seconds", "7"), ("HoldBack:KeepLane", "true"));
        await using var manual = HubUnderTest.Start(
            ("HoldBack:Mode", "manual"), ("HoldBack:WithoutHost", "release"), ("RoomSettings:Fixed", "holdBack"));
        var (host, fixedHost) = (await timed.CreateRoomAsync(), await manual.CreateRoomAsync());

        Assert.Equal(new HoldBack { Seconds = 7, KeepLane = true }, await ReadAsync(host));
        Assert.Null(await ChangeAsync(host, "false"));
        Assert.Equal(new HoldBack { Seconds = 7, KeepLane = true }, await ChangeAsync(host, "null"));
        Assert.Equal(new HoldBack { WithoutHost = "release" }, await ReadAsync(fixedHost));
        (await PatchAsync(fixedHost, "false")).IsProblem(403, ErrorCodes.Forbidden);
    }

    private static async Task<HoldBack?> ReadAsync(MemberCaller host) => Of((await host.GetAsync(host.Path)).Json.GetProperty("room"));

    private static async Task<HoldBack?> ChangeAsync(MemberCaller host, string holdBack)
    {
        var answer = await PatchAsync(host, holdBack);
        Assert.Equal(200, answer.Status);
        return Of(answer.Json);
    }

    private static HoldBack? Of(JsonElement room) =>
        room.GetProperty("settings").Deserialize<RoomSettings>(ProtocolJson.Options)!.HoldBack;

    private static Task<Answer> PatchAsync(MemberCaller host, string holdBack) =>
        host.PatchAsync(host.Path, JsonElement.Parse($$$"""{"settings": {"holdBack": {{{holdBack}}}}}"""));
}
