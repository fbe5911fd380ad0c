using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

/// <summary>What settings let people do, over HTTP and SignalR.</summary>
public sealed class RoomRulesTests(SharedHub shared)
{
    private static readonly object Quick = new { chunks = 1, chunksPerSecond = 0 };

    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("locked", MemberRoles.Host, true)]
    [InlineData("locked", MemberRoles.Participant, false)]
    [InlineData("locked", MemberRoles.Viewer, false)]
    [InlineData("archived", MemberRoles.Host, false)]
    [InlineData("archived", MemberRoles.Participant, false)]
    [InlineData("archived", MemberRoles.Viewer, false)]
    public async Task Acts_In_A_Room_With_A_Setting(string setting, string role, bool isAllowed)
    {
        var host = await _hub.CreateRoomAsync();
        var member = role == MemberRoles.Host ? host : await host.InviteAsync(role);
        Assert.Equal(201, (await member.PostAsync($"{member.Path}/messages", new { text = "before" })).Status);
        await RoomChangesTests.ChangeAsync(host, new Dictionary<string, bool> { [setting] = true });
        await using var caller = await HubCaller.ConnectAsync(member);

        List<Answer> answers =
        [
            await member.PostAsync($"{member.Path}/messages", new { text = "after" }),
            await member.PostAsync($"{member.Path}/reactions", new { target = 1, emoji = "👍" }),
        ];
        if (role != MemberRoles.Host)
            answers.Add(await member.PatchAsync($"{member.Path}/members/{member.Member}", new { name = "Zed" }));

        if (role != MemberRoles.Viewer)
        {
            var request = new { agent_config = new { }, task = "Test", simulation = Quick };
            answers.Add(await member.PostAsync($"{member.Path}/runs", new { request }));
        }

        Assert.All(answers, answer => Assert.Equal(isAllowed, answer.Status < 300));
        if (isAllowed)
            return;

        Assert.All(answers, answer => answer.IsProblem(403, ErrorCodes.Forbidden));
        var sentence = answers[0].Json.GetProperty("detail").GetString();
        var advice = role == MemberRoles.Host ? "Set archived to false" : $"Ask {host.Admission.Member.Name}, its host.";
        Assert.Contains(advice, sentence, StringComparison.Ordinal);
        await caller.IsRefusedAsync(ErrorCodes.Forbidden, "Say", member.Room, "after");
        await caller.IsRefusedAsync(ErrorCodes.Forbidden, "RaiseHand", member.Room);
        // Nobody is held in a room, and hosts open it again.
        await RoomChangesTests.ChangeAsync(host, new Dictionary<string, bool> { [setting] = false });
        Assert.Equal(201, (await member.PostAsync($"{member.Path}/messages", new { text = "open again" })).Status);
    }

    [Fact]
    public async Task Hand_That_Is_Up_Can_Be_Lowered_In_A_Locked_Room()
    {
        var host = await _hub.CreateRoomAsync();
        var member = await host.InviteAsync(MemberRoles.Viewer);
        await using var caller = await HubCaller.ConnectAsync(member);
        await caller.InvokeAsync("RaiseHand", member.Room);
        await RoomChangesTests.ChangeAsync(host, new { locked = true });

        await caller.InvokeAsync("LowerHand", member.Room);

        Assert.Equal(204, (await member.DeleteAsync($"{member.Path}/members/{member.Member}")).Status);
    }

    [Theory]
    [InlineData(MemberRoles.Viewer, 403)]
    [InlineData(MemberRoles.Participant, 201)]
    [InlineData(MemberRoles.Host, 201)]
    public async Task Viewers_Who_May_Not_Talk_May_Raise_A_Hand(string role, int status)
    {
        var host = await _hub.CreateRoomAsync();
        var member = await host.InviteAsync(role);
        await RoomChangesTests.ChangeAsync(host, new { viewersMayTalk = false });
        await using var caller = await HubCaller.ConnectAsync(member);

        Assert.Equal(status, (await member.PostAsync($"{member.Path}/messages", new { text = "hello" })).Status);
        await caller.InvokeAsync("RaiseHand", member.Room);
    }
}
