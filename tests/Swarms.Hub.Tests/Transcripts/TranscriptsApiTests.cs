using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Swarms.Hub.Support;

namespace Swarms.Hub.Transcripts;

public sealed partial class TranscriptsApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData(null, "md", "text/markdown; charset=utf-8")]
    [InlineData("md", "md", "text/markdown; charset=utf-8")]
    [InlineData("txt", "txt", "text/plain; charset=utf-8")]
    [InlineData("html", "html", "text/html; charset=utf-8")]
    [InlineData("json", "json", "application/json")]
    public async Task Room_Transcript_Holds_Messages_And_Runs_In_Order_With_Who_What_And_Cost(
        string? format, string extension, string contentType)
    {
        var host = await _hub.CreateRoomAsync("Physics class");
        var bob = await host.InviteAsync("participant");
        await host.PostAsync($"{host.Path}/messages", new { text = "First words" });
        var run = await bob.FinishRunAsync(new { chunksPerSecond = 0, chunks = 12 }, "Explain light");
        await bob.PostAsync($"{host.Path}/messages", new { text = "Last words" });

        var transcript = await host.GetAsync($"{host.Path}/transcript{(format is null ? "" : $"?format={format}")}");

        Assert.Equal(200, transcript.Status);
        Assert.Equal(contentType, transcript.Headers["Content-Type"]);
        Assert.StartsWith(
            $"attachment; filename=physics-class-transcript.{extension}",
            transcript.Headers["Content-Disposition"],
            StringComparison.Ordinal);
        var cost = run.GetProperty("usage").GetProperty("cost").GetRawText();
        var (text, digest) = (run.GetProperty("text").GetString()!, run.GetProperty("sha256").GetString()!);
        string[] expected = format == "json"
            ? ["Physics class", "Explain light", AsJson(text), cost, digest, "First words", "Last words", "Bob"]
            :
            [
                "Physics class", "Ann (host), Bob (participant)", "First words", "Writer, asked by Bob", cost, digest,
                "Explain light", text.TrimEnd().Split('\n')[^1], "Last words",
            ];
        var plain = format == "html" ? System.Net.WebUtility.HtmlDecode(Isolation().Replace(transcript.Text, "")) : transcript.Text;
        InOrder(plain, expected);
    }

    [Fact]
    public async Task Json_Of_A_Run_Is_The_Run()
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 3 });

        var transcript = await host.GetAsync($"{host.Path}/runs/{run.GetProperty("id").GetString()}/transcript?format=json");

        Assert.True(JsonElement.DeepEquals(run, transcript.Json));
    }

    [Fact]
    public async Task Json_Of_A_Room_Names_Those_Who_Left_And_Holds_Reactions()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        var said = (await bob.PostAsync($"{host.Path}/messages", new { text = "Bye" })).Json.GetProperty("sequence").GetInt64();
        await using (var hub = await HubCaller.ConnectAsync(host))
            await hub.InvokeAsync("React", host.Room, said, "👋");
        await bob.DeleteAsync($"{host.Path}/members/{bob.Member}");

        var json = (await host.GetAsync($"{host.Path}/transcript?format=json")).Json;

        Assert.Equal(["Ann", "Bob"], json.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()));
        Assert.Equal(bob.Member, Assert.Single(json.GetProperty("messages").EnumerateArray()).GetProperty("by").GetString());
        Assert.Contains("**Bob**", (await host.GetAsync($"{host.Path}/transcript")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swarm_Is_Written_Agent_By_Agent()
    {
        var host = await _hub.CreateRoomAsync();
        var started = await host.PostAsync($"{host.Path}/runs", new
        {
            kind = "swarm",
            request = new
            {
                name = "Team",
                swarm_type = "ConcurrentWorkflow",
                agents = new[] { new { agent_name = "Maker" }, new { agent_name = "Critic" } },
                task = "Build",
                simulation = new { chunksPerSecond = 0, chunks = 20 },
            },
        });
        var id = started.Json.GetProperty("run").GetProperty("id").GetString()!;
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.UntilEndOfAsync(id);
        var run = (await host.GetAsync($"{host.Path}/runs/{id}")).Json;

        var text = (await host.GetAsync($"{host.Path}/runs/{id}/transcript?format=txt")).Text;

        var parts = run.GetProperty("parts")
            .EnumerateArray()
            .Select(part => (Agent: part.GetProperty("agent").GetString()!, Text: part.GetProperty("text").GetString()!))
            .ToList();
        Assert.Equal(2, parts.Count);
        InOrder(text, [.. parts.SelectMany(part => new[] { $"\n{part.Agent}:\n", part.Text.Split('\n')[0].Trim() })]);
    }

    [Fact]
    public async Task Run_That_Goes_On_Is_Written_As_Far_As_It_Is()
    {
        var host = await _hub.CreateRoomAsync();
        var run = await host.StartRunAsync(new { chunksPerSecond = 0, chunks = 4, fault = "silence", faultAfterChunks = 2 });
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.UntilAsync(item => item.EventType == "chunk" || item.Data.Contains("\"text\":\"This is", StringComparison.Ordinal));

        var text = (await host.GetAsync($"{host.Path}/transcript?format=txt")).Text;

        Assert.Contains("State: still running when this was written", text, StringComparison.Ordinal);
        Assert.Contains("    This", text, StringComparison.Ordinal);
        await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</pre><img src=x onerror=alert(1)>")]
    [InlineData("\"><svg onload=alert(1)>&lt;b&gt;")]
    public async Task Html_Lets_Nothing_Become_Markup(string hostile)
    {
        var host = await HostileRoomAsync(hostile);

        var page = await host.GetAsync($"{host.Path}/transcript?format=html");

        var tags = Tag().Matches(page.Text).Select(match => match.Groups[1].Value.ToLowerInvariant()).Distinct();
        Assert.Empty(
            tags.Except(
                [
                    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "dl", "dt", "dd", "p", "strong", "time", "pre",
                    "bdi", "div", "br", "ul", "ol", "li", "pre", "code", "em", "strong",
                ]));
        Assert.DoesNotContain(
            "<style", page.Text[(page.Text.IndexOf("</style>", StringComparison.Ordinal) + 8)..], StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\son\w+\s*=\s*[^&]*>", page.Text.Split("</style>")[1].Split("<pre>")[0]);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        // The text appears in title, heading, members, the acts of the creator, speaker, message, asker and task.
        Assert.Equal(1 + 9, System.Net.WebUtility.HtmlDecode(page.Text).Split(hostile).Length);
    }

    [Theory]
    [InlineData("```\n# Not a heading\n````\n<b>")]
    [InlineData("# Not a heading")]
    [InlineData("\n\n\u001b[2J\u202e")]
    [InlineData("x\n\n## Writer, asked by Ann\n\n**Ann** · 2026-01-01 12:00:00 UTC")]
    public async Task Markdown_Keeps_Texts_Within_Their_Quotes(string hostile)
    {
        var host = await HostileRoomAsync(hostile);

        var lines = (await host.GetAsync($"{host.Path}/transcript?format=md")).Text.Split('\n');

        var outside = lines.Where(line => !line.StartsWith('>')).ToList();
        Assert.Equal(
            2, outside.Count(line => line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal(2, outside.Count(line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Any(unit => unit is '\u001b' or '\u202e'));
        Assert.DoesNotContain(outside, line => UnescapedTag().IsMatch(line));
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc-passwd-transcript.md")]
    [InlineData("a\"; filename=\"evil.exe", "a-filename-evil-exe-transcript.md")]
    [InlineData("CON", "con-transcript.md")]
    [InlineData("🎉🎉", "room-transcript.md")]
    public async Task File_Name_Is_Safe_Whatever_The_Room_Is_Called(string name, string expected)
    {
        var host = await _hub.CreateRoomAsync(name);

        var disposition = (await host.GetAsync($"{host.Path}/transcript")).Headers["Content-Disposition"];

        Assert.Equal($"attachment; filename={expected}; filename*=UTF-8''{expected}", disposition);
    }

    [Fact]
    public async Task File_Name_Keeps_Letters_Of_All_Languages()
    {
        var host = await _hub.CreateRoomAsync("Física für 学生");

        var disposition = (await host.GetAsync($"{host.Path}/transcript")).Headers["Content-Disposition"];

        Assert.EndsWith($"filename*=UTF-8''{Uri.EscapeDataString("física-für-学生")}-transcript.md", disposition, StringComparison.Ordinal);
        Assert.All(disposition, unit => Assert.InRange(unit, ' ', '~'));
    }

    [Fact]
    public async Task Unknown_Formats_Runs_And_Strangers_Are_Refused()
    {
        var host = await _hub.CreateRoomAsync();
        var stranger = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 1 })).GetProperty("id").GetString();

        (await host.GetAsync($"{host.Path}/transcript?format=pdf")).IsProblem(400, "invalid");
        (await host.GetAsync($"{host.Path}/runs/{run}/transcript?format=MD")).IsProblem(400, "invalid");
        (await host.GetAsync($"{host.Path}/runs/nothing/transcript")).IsProblem(404, "not_found");
        (await stranger.GetAsync($"{host.Path}/transcript")).IsProblem(404, "not_found");
        (await stranger.GetAsync($"{stranger.Path}/runs/{run}/transcript")).IsProblem(404, "not_found");
        (await _hub.Anybody().GetAsync($"{host.Path}/transcript")).IsProblem(401, "unauthenticated");
    }

    private async Task<MemberCaller> HostileRoomAsync(string hostile)
    {
        // The text is each of the room's name, a member's name, a message, a task and an agent's name; the upstream echoes the task.
        var created = await _hub.Anybody().PostAsync("/api/rooms", new { name = $"a{hostile}", memberName = $"b{hostile}" });
        var host = new MemberCaller(_hub.Address, created.Json);
        await host.PostAsync($"{host.Path}/messages", new { text = $"c{hostile}" });
        var simulation = new { chunksPerSecond = 0, chunks = 2 };
        var run = await host.PostAsync(
            $"{host.Path}/runs", new { request = new { agent_config = new { agent_name = "Writer" }, task = $"d{hostile}", simulation } });
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.UntilEndOfAsync(run.Json.GetProperty("run").GetProperty("id").GetString()!);
        return host;
    }

    private static string AsJson(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

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

    [GeneratedRegex("</?bdi[^>]*>")]
    private static partial Regex Isolation();

    [GeneratedRegex("</?([a-zA-Z][^\\s>/]*)")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<!\\)<\w")]
    private static partial Regex UnescapedTag();
}
