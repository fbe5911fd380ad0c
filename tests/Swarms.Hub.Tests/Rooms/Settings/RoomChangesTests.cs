using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Rooms;

public sealed class RoomChangesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Setting_Is_An_Event_With_All_Settings_In_Effect_And_Their_Sources()
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await host.PatchAsync(host.Path, new { settings = new { moderated = true, viewersMayTalk = false } });

        Assert.Equal(200, answer.Status);
        var settings = answer.Json.GetProperty("settings").Deserialize<RoomSettings>(ProtocolJson.Options)!;
        Assert.Equal(
            new RoomSettings { Moderated = true, ViewersMayTalk = false, FromRoom = ["moderated", "viewersMayTalk"] }, settings);
        var changed = (await EventsAsync(host)).Single(e => e.GetProperty("type").GetString() == EventTypes.RoomChanged);
        Assert.Equal(host.Member, changed.GetProperty("by").GetString());
        Assert.Equal(settings, RoomPayload.Read(changed.GetProperty("data")).Settings);
        Assert.Equal(settings, await SettingsAsync(host));
    }

    [Fact]
    public async Task Null_Gives_A_Setting_Back_To_The_Hub_And_Nothing_New_Is_No_Event()
    {
        var host = await _hub.CreateRoomAsync();
        await ChangeAsync(host, new { locked = true });

        await ChangeAsync(host, new { locked = (bool?)null });
        await ChangeAsync(host, new { locked = (bool?)null });

        Assert.Equal(RoomSettings.Initial, await SettingsAsync(host));
        Assert.Equal(2, (await EventsAsync(host)).Count(e => e.GetProperty("type").GetString() == EventTypes.RoomChanged));
    }

    [Fact]
    public async Task Settings_That_Many_Change_At_Once_Are_All_Kept()
    {
        var host = await _hub.CreateRoomAsync();
        object[] changes =
        [
            new { locked = true }, new { moderated = true }, new { agentsOnly = true }, new { viewersMayTalk = false },
            new { retentionSeconds = 7_200 },
        ];

        var answers = await Task.WhenAll(changes.Select(settings => host.PatchAsync(host.Path, new { settings })));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var expected = new RoomSettings
        {
            Locked = true,
            Moderated = true,
            AgentsOnly = true,
            ViewersMayTalk = false,
            RetentionSeconds = 7_200,
            FromRoom = ["agentsOnly", "locked", "moderated", "retentionSeconds", "viewersMayTalk"],
        };
        Assert.Equal(expected, await SettingsAsync(host));
    }

    [Theory]
    [InlineData("""{"settings": {"lokced": true}}""", "The settings are agentsOnly, archived, budget, holdBack, locked")]
    [InlineData("""{"settings": {"Locked": true}}""", "The settings are agentsOnly, archived, budget, holdBack, locked")]
    [InlineData("""{"settings": {"fromRoom": ["locked"]}}""", "The settings are agentsOnly, archived, budget, holdBack, locked")]
    [InlineData("""{"settings": {"locked": "yes"}}""", "locked must be true or false")]
    [InlineData("""{"settings": {"locked": 1}}""", "locked must be true or false")]
    [InlineData("""{"settings": {"retentionSeconds": 3599}}""", "from 3600 to")]
    [InlineData("""{"settings": {"retentionSeconds": -1}}""", "from 3600 to")]
    [InlineData("""{"settings": {"retentionSeconds": 1e300}}""", "from 3600 to")]
    [InlineData("""{"settings": {"retentionSeconds": 3600.5}}""", "from 3600 to")]
    [InlineData("""{"settings": [true]}""", "settings must be an object")]
    [InlineData("""{"settings": "locked"}""", "settings must be an object")]
    [InlineData("{}", "Give a name or settings")]
    public async Task Settings_That_Make_No_Sense_Are_Refused_And_Change_Nothing(string body, string sentence)
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await host.PatchAsync(host.Path, JsonElement.Parse(body));

        answer.IsProblem(400, ErrorCodes.Invalid);
        Assert.Contains(sentence, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(RoomSettings.Initial, await SettingsAsync(host));
    }

    [Fact]
    public async Task Operators_Defaults_Reach_Rooms_When_They_Are_Loaded_And_Their_Choices_Stay()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await ChangeAsync(host, new { viewersMayTalk = true, agentsOnly = false });
        await hub.StopAsync();

        await using var again = hub.Restart(
            ("RoomSettings:Moderated", "true"), ("RoomSettings:ViewersMayTalk", "false"), ("RoomSettings:AgentsOnly", "true"),
            ("RoomSettings:Fixed:0", "agentsOnly"), ("Storage:Retention", "30 d"));
        var back = host.At(again.Address);
        var expected = new RoomSettings
        {
            Moderated = true,
            ViewersMayTalk = true,
            AgentsOnly = true,
            RetentionSeconds = 30 * 86_400,
            FromRoom = ["viewersMayTalk"],
        };
        await UntilAsync(async () => expected.Equals(await SettingsAsync(back)));

        var changed = (await EventsAsync(back)).Last(e => e.GetProperty("type").GetString() == EventTypes.RoomChanged);
        Assert.False(changed.TryGetProperty("by", out _));
        (await back.PatchAsync(back.Path, new { settings = new { agentsOnly = false } })).IsProblem(403, ErrorCodes.Forbidden);
        (await back.PatchAsync(back.Path, new { settings = new { retentionSeconds = 31 * 86_400 } })).IsProblem(400, ErrorCodes.Invalid);
        Assert.Equal(
            expected with { ViewersMayTalk = false, FromRoom = [] }, (await again.CreateRoomAsync()).Admission.Room.Settings);
    }

    [Fact]
    public async Task Room_With_A_Retention_Of_Its_Own_Is_Deleted_And_No_Other()
    {
        var start = DateTimeOffset.UnixEpoch.AddYears(56);
        var time = new FakeTimeProvider(start);
        await using var hub = HubUnderTest.Start(time);
        var (brief, other) = (await hub.CreateRoomAsync(), await hub.CreateRoomAsync());
        await ChangeAsync(brief, new { retentionSeconds = 3_600 });

        await UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMinutes(10));
            return (await brief.GetAsync(brief.Path)).Status == 404;
        });

        Assert.True(time.GetUtcNow() - start > TimeSpan.FromHours(1));
        Assert.Equal(200, (await other.GetAsync(other.Path)).Status);
    }

    internal static async Task ChangeAsync(MemberCaller host, object settings) =>
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings })).Status);

    private static async Task<RoomSettings> SettingsAsync(MemberCaller caller) =>
        (await caller.GetAsync(caller.Path)).Json.GetProperty("room").GetProperty("settings")
            .Deserialize<RoomSettings>(ProtocolJson.Options)!;

    private static async Task<List<JsonElement>> EventsAsync(MemberCaller caller) =>
        [.. (await caller.GetAsync($"{caller.Path}/events?after=0&limit=1000")).Json.GetProperty("events").EnumerateArray()];

    private static Task UntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(condition);
}
