using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Transcripts;

public sealed partial class LongTranscriptsTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Room_Of_Many_Pages_Is_Whole_And_In_Order_In_Every_Form()
    {
        var host = await _hub.CreateRoomAsync();
        var expected = new List<string>();
        await using (var caller = await HubCaller.ConnectAsync(host))
        {
            foreach (var number in Enumerable.Range(0, 450))
            {
                expected.Add(string.Create(CultureInfo.InvariantCulture, $"item-{number:000}-"));
                if (number % 150 == 75)
                    await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 0 }, expected[^1]);
                else
                    await caller.InvokeAsync("Say", host.Room, expected[^1]);
            }
        }

        foreach (var format in new[] { "md", "txt", "html" })
        {
            Assert.Equal(
                expected,
                Item()
                    .Matches(Plain((await host.GetAsync($"{host.Path}/transcript?format={format}")).Text))
                    .Select(match => match.Value)
                    .Distinct());
        }

        var json = (await host.GetAsync($"{host.Path}/transcript?format=json")).Json;
        Assert.Equal(
            expected.Where((_, number) => number % 150 != 75),
            json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()));
        Assert.Equal(
            expected.Where((_, number) => number % 150 == 75),
            json.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("task").GetString()));
    }

    [Theory]
    [InlineData("md")]
    [InlineData("txt")]
    [InlineData("html")]
    [InlineData("json")]
    public async Task Run_Is_Written_In_Every_Form_And_Nothing_In_It_Becomes_Markup(string format)
    {
        const string Hostile = "```\n# <script>alert('1')</script> & [x](javascript:1) | \\ `\" </pre>";
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk($"Answer {Hostile}") + Sse.Usage + Sse.Done);
        var started = await scripted.Host.StartAsync(
            new { agent_config = new { agent_name = "<b>Writer</b> ``` [a](b)" }, task = $"Task {Hostile}" });
        var run = await scripted.Host.EndedAsync(started.Id);

        var transcript = await scripted.Host.GetAsync($"{scripted.Host.Path}/runs/{run.Id}/transcript?format={format}");

        Assert.Equal(200, transcript.Status);
        Assert.Contains($".{format}", transcript.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal("nosniff", transcript.Headers["X-Content-Type-Options"]);
        if (format == "json")
        {
            Assert.Equal(
                ($"Task {Hostile}", $"Answer {Hostile}"),
                (transcript.Json.GetProperty("task").GetString(), transcript.Json.GetProperty("text").GetString()));
            return;
        }

        if (format == "txt")
        {
            var plain = Indent().Replace(transcript.Text, "");
            Assert.Contains($"Task {Hostile}", plain, StringComparison.Ordinal);
            Assert.Contains($"Answer {Hostile}", plain, StringComparison.Ordinal);
            Assert.DoesNotContain(
                transcript.Text.Split('\n'),
                line => line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("```", StringComparison.Ordinal));
        }

        var words = Plain(transcript.Text).Replace("\\", "", StringComparison.Ordinal);
        var link = format switch
        {
            "txt" => "[x](javascript:1)",
            "html" => "x (<bdi>javascript:1</bdi>)",
            _ => "x (javascript:1)",
        };
        Assert.Contains($"<script>alert('1')</script> & {link} |", words, StringComparison.Ordinal);
        Assert.Contains(run.Sha256!, transcript.Text, StringComparison.Ordinal);
        if (format == "html")
            Assert.DoesNotMatch("<script|<b>", transcript.Text);
        if (format == "md")
        {
            Assert.DoesNotContain("<b>", transcript.Text.Replace("\\<b\\>", "", StringComparison.Ordinal), StringComparison.Ordinal);
            var quoted = transcript.Text.Split('\n').Where(line => line.Contains("alert", StringComparison.Ordinal));
            Assert.All(quoted, line => Assert.StartsWith("> ", line, StringComparison.Ordinal));
        }
    }

    private static string Plain(string text) => WebUtility.HtmlDecode(text);

    [GeneratedRegex("item-[0-9]{3}-")]
    private static partial Regex Item();

    [GeneratedRegex("^    ", RegexOptions.Multiline)]
    private static partial Regex Indent();
}
