using System.Net;
using System.Text.RegularExpressions;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Transcripts;

/// <summary>What people did besides talking and asking, in every form for people; and the zone of the times.</summary>
public sealed partial class TranscriptActsTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    public static TheoryData<string> Forms => ["md", "txt", "html"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Acts_Of_People_Are_Told_In_Order(string format)
    {
        var host = await _hub.CreateRoomAsync("Class");
        var bob = await host.InviteAsync("participant");
        await using (var hub = await HubCaller.ConnectAsync(bob))
            await hub.InvokeAsync("RaiseHand", bob.Room);

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/hands/{bob.Member}")).Status);
        Assert.Equal(200, (await host.PatchAsync($"{host.Path}/members/{bob.Member}", new { role = "viewer" })).Status);
        Assert.Equal(200, (await bob.PatchAsync($"{host.Path}/members/{bob.Member}", new { name = "Rob" })).Status);
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { name = "Biology" })).Status);
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings = new { locked = true } })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);

        var text = Plain(format, (await host.GetAsync($"{host.Path}/transcript?format={format}")).Text);

        InOrder(
            text, "Ann creates the room Class and joins as host", "Bob joins as participant", "Bob raises a hand",
            "Ann lowers the hand of Bob", "Ann makes Bob a viewer", "Bob is now called Rob", "Ann renames the room to Biology",
            "Ann changes the settings: locked on", "Ann removes Rob");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Proposals_Say_Who_Supported_Approved_And_Declined_Them(string format)
    {
        var host = await _hub.CreateRoomAsync();
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings = new { moderated = true } })).Status);
        var bob = await host.InviteAsync("participant");
        var ids = new List<string>();
        foreach (var task in new[] { "to approve", "to decline", "to wait" })
            ids.Add(await bob.StartRunAsync(new { chunksPerSecond = 0, chunks = 1 }, task));

        Assert.InRange((await host.PostAsync($"{host.Path}/runs/{ids[0]}/approve", new { })).Status, 200, 204);
        Assert.InRange((await host.PostAsync($"{host.Path}/runs/{ids[1]}/decline", new { reason = "Not now" })).Status, 200, 204);
        await using (var hub = await HubCaller.ConnectAsync(host))
            await hub.InvokeAsync("SupportRun", host.Room, ids[2]);

        await host.EndedAsync(ids[0]);
        var text = Plain(format, (await host.GetAsync($"{host.Path}/transcript?format={format}")).Text);

        InOrder(text, "State: finished", "Approved: by Ann", "State: declined by Ann: Not now", "waiting for a host", "Supported: by Ann");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Groups_And_Votes_Are_Told(string format)
    {
        var host = await _hub.CreateRoomAsync();
        var entry = new { request = new { agent_config = new { }, simulation = new { chunksPerSecond = 0, chunks = 1 } } };
        var group = await host.StartGroupAsync([entry, entry]);
        foreach (var run in group.Runs)
            await host.EndedAsync(run);

        Assert.Equal(204, (await host.VoteAsync(group, group.Runs[1])).Status);
        Assert.Equal(200, (await host.TryRevealAsync(group)).Status);

        var text = Plain(format, (await host.GetAsync($"{host.Path}/transcript?format={format}")).Text);

        InOrder(
            text, "Ann asks 2 runs at once", "Ann votes for run 2 of the group",
            "Ann ends the vote: ", "run 2 of the group: 1 vote");
    }

    [Fact]
    public async Task Json_Has_All_Other_Events_As_On_The_Wire()
    {
        var host = await _hub.CreateRoomAsync();
        await host.InviteAsync("viewer");
        await host.PostAsync($"{host.Path}/messages", new { text = "Hello" });

        var json = (await host.GetAsync($"{host.Path}/transcript?format=json")).Json;

        Assert.Equal(
            ["room.created", "member.joined", "member.joined"],
            json.GetProperty("events").EnumerateArray().Select(said => said.GetProperty("type").GetString()));
        var wire = (await host.GetAsync($"{host.Path}/events")).Json.GetProperty("events");
        Assert.Equal(wire[0].GetRawText(), json.GetProperty("events")[0].GetRawText());
    }

    [Theory]
    [InlineData("Europe/Berlin", @"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d \+0[12]:00")]
    [InlineData("Asia/Kathmandu", @"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d \+05:45")]
    [InlineData("UTC", @"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC")]
    public async Task Times_Are_Of_The_Zone_That_Is_Asked_For(string zone, string time)
    {
        var host = await _hub.CreateRoomAsync();
        await host.PostAsync($"{host.Path}/messages", new { text = "Hello" });

        foreach (var format in Forms.Select(form => form.Data))
        {
            var text = WebUtility.HtmlDecode(
                (await host.GetAsync($"{host.Path}/transcript?format={format}&zone={Uri.EscapeDataString(zone)}")).Text);
            Assert.True(Regex.Count(text, time) >= 4, text);
            if (zone != "UTC")
                Assert.Contains(zone.Split('/')[1], text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../../../etc/passwd")]
    [InlineData("Europe")]
    [InlineData("tzdata.zi")]
    [InlineData("")]
    [InlineData("Europe/Berlin\0")]
    public async Task Unknown_Zone_Is_Refused_With_What_To_Do(string zone)
    {
        var host = await _hub.CreateRoomAsync();

        var answer = await host.GetAsync($"{host.Path}/transcript?zone={Uri.EscapeDataString(zone)}");

        answer.IsProblem(400, "invalid");
        Assert.Contains("such as Europe/Berlin, or UTC", answer.Text, StringComparison.Ordinal);
    }

    private static string Plain(string format, string text) => format switch
    {
        "html" => WebUtility.HtmlDecode(Tag().Replace(text.Replace("</dt><dd", "</dt>: <dd", StringComparison.Ordinal), "")),
        "md" => Escaped().Replace(text, "$1").Replace("**", "", StringComparison.Ordinal),
        _ => text,
    };

    private static void InOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' is not behind {at} in:\n{text}");
            at = found + part.Length;
        }
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\\([^A-Za-z0-9])")]
    private static partial Regex Escaped();
}
