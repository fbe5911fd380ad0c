using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Swarms.Hub.Support;

namespace Swarms.Hub.Transcripts;

/// <summary>The page of a replay as a file. A browser plays it in the browser's tests.</summary>
public sealed partial class ReplayTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Page_Has_The_Rooms_Events_As_On_The_Wire_And_Allows_Its_Own_Script_Alone()
    {
        var host = await _hub.CreateRoomAsync("Physics & <b>co</b>");
        foreach (var text in HostileCorpus.Texts.Where(text => text.Trim().Length > 0).Take(60))
            await host.PostAsync($"{host.Path}/messages", new { text });

        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 5 });

        var answer = await host.GetAsync($"{host.Path}/transcript?format=replay");

        Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Contains("physics-b-co-b-replay.html", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        var page = answer.Text;
        var events = Data().Matches(page)
            .SelectMany(block => JsonElement.Parse(block.Groups[1].Value).EnumerateArray()).Select(said => said.GetRawText());
        var wire = (await host.GetAsync($"{host.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray();
        Assert.Equal(
            wire.Select(said => said.GetRawText().Replace("<", "\\u003c", StringComparison.Ordinal)), events);
        var policy = Policy().Match(page).Groups[1].Value;
        Assert.Equal(
            $"default-src 'none'; script-src '{Hash(Script().Match(page).Groups[1].Value)}'; "
            + $"style-src '{Hash(Style().Match(page).Groups[1].Value)}'; base-uri 'none'; form-action 'none'",
            policy);
        // The page's own blocks and no other: data, a zone, one script.
        Assert.Equal(Data().Count(page) + 2, Regex.Count(page, "<script", RegexOptions.IgnoreCase));
        Assert.Equal(Data().Count(page) + 2, Regex.Count(page, "</script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=", page[..page.IndexOf("<script", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Hidden_Run_Is_Left_Out_And_Comes_Back()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 5 }, "A task to hide")).GetProperty("id").GetString()!;
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Post, $"{host.Path}/runs/{run}/hide", null)).Status);

        Assert.DoesNotContain("A task to hide", await ReplayAsync(host), StringComparison.Ordinal);

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Post, $"{host.Path}/runs/{run}/show", null)).Status);
        Assert.Contains("A task to hide", await ReplayAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Alone_Has_No_Replay()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 1 })).GetProperty("id").GetString()!;

        (await host.GetAsync($"{host.Path}/runs/{run}/transcript?format=replay")).IsProblem(400, "invalid");
    }

    private static async Task<string> ReplayAsync(MemberCaller host) => (await host.GetAsync($"{host.Path}/transcript?format=replay")).Text;

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex("<script type=\"application/json\" class=\"events\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")]
    private static partial Regex Policy();
}
