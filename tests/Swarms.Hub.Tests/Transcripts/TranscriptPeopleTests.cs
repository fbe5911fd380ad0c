using System.Net;
using System.Text.Json;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Transcripts;

/// <summary>People's acts in every form: reactions, hands, cancellations, and hostile names and texts.</summary>
public sealed class TranscriptPeopleTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("md", "**Bob** reacts 🌱 to \\#{0} · ", " · \\#{0}\n")]
    [InlineData("txt", " Bob reacts 🌱 to #{0}\n", " Ann (#{0}):\n")]
    [InlineData("html", "<bdi lang=\"\">Bob</bdi></strong> reacts <bdi lang=\"\">🌱</bdi> to #{0} ", "</time> #{0}</p>")]
    public async Task Reaction_Refers_To_Its_Message_By_Number(string format, string reaction, string number)
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        var said = (await host.PostAsync($"{host.Path}/messages", new { text = "Hello" })).Json.GetProperty("sequence").GetInt64();
        await bob.PostAsync($"{host.Path}/reactions", new { target = said, emoji = "🌱" });

        var text = Decode(format, await ReadAsync(host, format));

        Assert.Contains(Fill(number, said), text, StringComparison.Ordinal);
        Assert.Contains(Fill(reaction, said), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("md")]
    [InlineData("txt")]
    [InlineData("html")]
    public async Task Cancelled_Run_Says_Who_Cancelled_It_Also_Where_They_Joined_Later_And_Left(string format)
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(new { chunksPerSecond = 0, chunks = 4, fault = "silence", faultAfterChunks = 2 });
        var eve = await host.InviteAsync("host", "Eve");
        await eve.CancelAsync(run);
        await eve.DeleteAsync($"{host.Path}/members/{eve.Member}");

        Assert.Contains("cancelled by Eve", Decode(format, await ReadAsync(host, format)), StringComparison.Ordinal);
        var alone = (await host.GetAsync($"{host.Path}/runs/{run}/transcript?format={format}")).Text;
        Assert.Contains("cancelled by Eve", Decode(format, alone), StringComparison.Ordinal);
        var json = (await host.GetAsync($"{host.Path}/transcript?format=json")).Json;
        Assert.Equal(eve.Member, json.GetProperty("runs")[0].GetProperty("cancelledBy").GetString());
        Assert.Contains("Eve", json.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Json_Says_Whose_Hand_Is_Up()
    {
        var host = await _hub.CreateRoomAsync();
        var members = new List<MemberCaller>();
        foreach (var name in new[] { "Up", "Changed", "Down", "Gone" })
        {
            var member = await host.InviteAsync("participant", name);
            await using var hub = await HubCaller.ConnectAsync(member);
            await hub.InvokeAsync("RaiseHand", member.Room);
            if (name == "Down")
                await hub.InvokeAsync("LowerHand", member.Room);

            members.Add(member);
        }

        await host.PatchAsync($"{host.Path}/members/{members[1].Member}", new { role = "viewer" });
        await members[3].DeleteAsync($"{host.Path}/members/{members[3].Member}");

        var json = (await host.GetAsync($"{host.Path}/transcript?format=json")).Json;

        Assert.Equal(
            ["Up", "Changed"],
            json.GetProperty("members")
                .EnumerateArray()
                .Where(member => member.GetProperty("handRaised").GetBoolean())
                .Select(member => member.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("md")]
    [InlineData("txt")]
    [InlineData("html")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task Hostile_Text_Is_Harmless_In_Every_Form(string format)
    {
        var host = await _hub.CreateRoomAsync();
        var hostile = "\u202Eevil\u202C \u2066x\u2069 </script><!-- H" + new string('\u0301', 200) + " \u001b[31m\u0007\0";
        await host.PostAsync($"{host.Path}/messages", new { text = hostile });

        var text = await ReadAsync(host, format);

        Assert.DoesNotContain(text, unit => unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
        Assert.DoesNotContain(text, unit => char.IsControl(unit) && unit is not ('\n' or '\r'));
        if (format is "html" or "json")
            Assert.DoesNotContain("</script>", text, StringComparison.OrdinalIgnoreCase);
        if (format == "json")
            Assert.Equal(hostile, JsonElement.Parse(text).GetProperty("messages")[0].GetProperty("text").GetString());
        else
            Assert.DoesNotContain(new string('\u0301', 17), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_Gives_Each_Text_Its_Own_Direction_And_Says_Its_Language()
    {
        var host = await _hub.CreateRoomAsync("غرفة");
        await host.PostAsync($"{host.Path}/messages", new { text = "هذا نص عربي ينتهي بنقطة.\nAnd English." });

        var page = await ReadAsync(host, "html");

        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">\n", page, StringComparison.Ordinal);
        Assert.Contains("<h1 lang=\"\" dir=\"auto\">غرفة</h1>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<div class=\"text\" lang=\"\">\n<p dir=\"auto\">هذا نص عربي ينتهي بنقطة.<br>\nAnd English.</p>\n</div>", page,
            StringComparison.Ordinal);
        Assert.Contains("unicode-bidi:plaintext", page, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(MemberCaller host, string format) =>
        (await host.GetAsync($"{host.Path}/transcript?format={format}")).Text;

    private static string Decode(string format, string text) => format == "html" ? WebUtility.HtmlDecode(text) : text;

    private static string Fill(string pattern, long number) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, number);
}
