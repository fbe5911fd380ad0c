using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <summary>What refusals by settings say. Each cell of what settings let people do is in <see cref="SettingsTableTests"/>.</summary>
public sealed class RoomRulesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("locked", MemberRoles.Participant, "Ask Ann, its host.")]
    [InlineData("archived", MemberRoles.Viewer, "Ask Ann, its host.")]
    [InlineData("archived", MemberRoles.Host, "Set archived to false first.")]
    public async Task Refusal_Says_Who_Could_Allow_It_And_A_Host_Opens_The_Room_Again(string setting, string role, string advice)
    {
        var host = await _hub.CreateRoomAsync();
        var member = role == MemberRoles.Host ? host : await host.InviteAsync(role);
        await RoomChangesTests.ChangeAsync(host, new Dictionary<string, bool> { [setting] = true });

        var answer = await member.PostAsync($"{member.Path}/messages", new { text = "after" });

        var sentence = answer.IsProblem(403, ErrorCodes.Forbidden).Json.GetProperty("detail").GetString();
        Assert.EndsWith(advice, sentence, StringComparison.Ordinal);
        await RoomChangesTests.ChangeAsync(host, new Dictionary<string, bool> { [setting] = false });
        Assert.Equal(201, (await member.PostAsync($"{member.Path}/messages", new { text = "open again" })).Status);
    }
}
