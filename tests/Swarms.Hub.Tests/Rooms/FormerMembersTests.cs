using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class FormerMembersTests
{
    [Fact]
    public async Task Late_Joiner_Sees_The_Names_Of_Those_Who_Left_Also_After_A_Restart()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var (bob, eve, asker, silent) = (
            await host.InviteAsync("participant", "Bob"), await host.InviteAsync("viewer", "Eve"),
            await host.InviteAsync("participant", "Lena"), await host.InviteAsync("viewer", "Silent"));
        var said = (await bob.PostAsync($"{host.Path}/messages", new { text = "Hello" })).Json.GetProperty("sequence").GetInt64();
        await eve.PostAsync($"{host.Path}/reactions", new { target = said, emoji = "🌱" });
        await asker.FinishRunAsync(new { chunksPerSecond = 0, chunks = 2 });
        await bob.PatchAsync($"{host.Path}/members/{bob.Member}", new { name = "Robert" });
        foreach (var member in new[] { silent, asker, eve, bob })
            await member.DeleteAsync($"{host.Path}/members/{member.Member}");

        string[] expected = ["Robert", "Eve", "Lena"];
        var late = await host.InviteAsync("viewer", "Late");
        Assert.Equal(expected, await NamesAsync(late));
        await using (var feed = await FeedReader.OpenAsync(late))
            Assert.Equal(expected, Names(await feed.UntilAsync("snapshot")));

        await hub.StopAsync();
        await using var again = hub.Restart();
        Assert.Equal(expected, await NamesAsync(late.At(again.Address)));
    }

    private static async Task<IEnumerable<string>> NamesAsync(MemberCaller caller) => Names((await caller.GetAsync(caller.Path)).Json);

    private static IEnumerable<string> Names(JsonElement snapshot) =>
        snapshot.GetProperty("formerMembers").Deserialize<FormerMember[]>(ProtocolJson.Options)!.Select(member => member.Name);
}
