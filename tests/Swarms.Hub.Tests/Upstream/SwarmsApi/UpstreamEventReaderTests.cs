using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed partial class UpstreamEventReaderTests
{
    private const string End = "event: done\ndata: {}\n\n";

    [Fact]
    public async Task Frame_That_Was_Not_Finished_Is_No_Event()
    {
        var events = await Reading.Events("event: chunk\ndata: {\"content\": \"lost\"}\n");
        Assert.Equal(
            ["error {\"code\":\"upstream_truncated\",\"message\":\"The upstream's answer broke off before it was complete.\"}"], events);
    }

    [Fact]
    public async Task Name_Of_A_Frame_Without_Data_Is_Not_Given_To_The_Next_Frame()
    {
        var frames = await Reading.Frames("event: mood\n\ndata: {\"type\": \"metadata\", \"job_id\": \"a\"}\n\n" + End);
        Assert.Equal(["metadata {\"jobId\":\"a\",\"name\":null}", "done {}"], frames.Shown());
        Assert.Null(frames[0].Raw!.Name);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Frame_Is_Read_As_Soon_As_Its_Blank_Line_Is_There(string lineEnd)
    {
        // The stream throws if it is read again before the frame was handed over.
        var stream = new ChoppedStream(
            Encoding.UTF8.GetBytes($"event: done{lineEnd}data: {{}}{lineEnd}{lineEnd}"),
            () => int.MaxValue,
            new InvalidOperationException("Read on."));
        Assert.Equal(["done {}"], (await Reading.Frames(stream)).Shown());
    }

    [Fact]
    public async Task Nothing_Behind_The_Ending_Is_Read()
    {
        var stream = new ChoppedStream(Encoding.UTF8.GetBytes(End + "event: chunk\ndata: {\"content\": \"late\"}\n\n"), () => End.Length);
        Assert.Equal(["done {}"], (await Reading.Frames(stream)).Shown());
        Assert.Equal(End.Length, stream.BytesRead);
    }

    [Fact]
    public async Task Chunk_Of_300_Kilobytes_Is_Kept_Whole()
    {
        var text = string.Concat(Enumerable.Repeat("Wörter 🦊 ", 30_000));
        var stream = Encoding.UTF8.GetBytes($"event: chunk\ndata: {{\"content\": {JsonSerializer.Serialize(text)}}}\n\n{End}");
        var frames = await Reading.Frames(new ChoppedStream(stream, () => 1500));
        Assert.Equal(text, frames.Text());
        Assert.Equal(text, JsonElement.Parse(frames[0].Event!.Data.Span).GetProperty("content").GetString());
    }

    [Fact]
    public async Task Line_Without_End_Is_An_Error_And_What_Came_Before_It_Is_Kept()
    {
        var stream = "event: chunk\ndata: {\"content\": \"kept\"}\n\ndata: " + new string('x', 20_000);
        var frames = await Reading.Frames(new ChoppedStream(Encoding.UTF8.GetBytes(stream), () => int.MaxValue), maxFrameBytes: 10_000);
        Assert.Equal(
            [
                "chunk {\"content\":\"kept\"}",
                "error {\"code\":\"upstream_error\",\"message\":\"The upstream sent an event larger than 10,000 bytes.\"}",
            ],
            frames.Shown());
    }

    [Fact]
    public async Task Frame_Of_Too_Many_Lines_Is_An_Error()
    {
        var stream = string.Concat(Enumerable.Repeat("data: x\n", 2000)) + "\n" + End;
        var frames = await Reading.Frames(new ChoppedStream(Encoding.UTF8.GetBytes(stream), () => 100), maxFrameBytes: 10_000);
        Assert.StartsWith("error {\"code\":\"upstream_error\"", Assert.Single(frames.Shown()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_Without_End_Are_No_Error()
    {
        var stream = string.Concat(Enumerable.Repeat(": ping\n", 5000)) + End;
        Assert.Equal(
            ["done {}"], (await Reading.Frames(new ChoppedStream(Encoding.UTF8.GetBytes(stream), () => 100), maxFrameBytes: 2000)).Shown());
    }

    [Fact]
    public async Task Half_A_Surrogate_Pair_Becomes_The_Replacement_Character_In_Values_And_Names()
    {
        var events = await Reading.Events(
            """
            event: chunk
            data: {"content": "a\ud83eb\udd8a \ud83e\udd8a \\ud83e"}

            event: mood
            data: {"\ud83e": "\ud83e\ud83e\udd8a"}


            """ + End);
        Assert.Equal(3, events.Count);
        Assert.Equal("a\ufffdb\ufffd 🦊 \\ud83e", JsonElement.Parse(events[0]["chunk ".Length..]).GetProperty("content").GetString());
        Assert.Equal("\ufffd🦊", JsonElement.Parse(events[1]["mood ".Length..]).GetProperty("\ufffd").GetString());
    }

    [Fact]
    public async Task Bytes_That_Are_No_Utf8_Become_The_Replacement_Character()
    {
        byte[] stream =
        [
            .. "event: chunk\ndata: {\"content\": \"a"u8, 0xC3, 0x28, 0xFF,
            .. "\"}\n\nevent: mood\ndata: "u8, 0xFF,
            .. "\n\n"u8, .. Encoding.UTF8.GetBytes(End),
        ];
        Assert.Equal(
            ["chunk {\"content\":\"a\ufffd(\ufffd\"}", "mood {\"text\":\"\ufffd\"}", "done {}"], (await Reading.Frames(stream)).Shown());
    }

    [Fact]
    public async Task Json_Over_Several_Data_Lines_Is_Relayed_On_One()
    {
        var frames = await Reading.Frames("event: mood\ndata: {\"a\":\ndata: 1}\n\ndata: no\ndata: json\n\n" + End);
        Assert.Equal("{\"a\": 1}", frames[0].Raw!.Data);
        Assert.Equal("{\"a\": 1}", Encoding.UTF8.GetString(frames[0].Event!.Data.Span));
        Assert.Equal("no\njson", frames[1].Raw!.Data);
    }

    [Fact]
    public async Task Frame_Is_Relayed_With_Its_Name_And_Its_Json_As_It_Came()
    {
        var frames = await Reading.Frames(
            "data: {\"job_id\":  1.0, \"type\": \"metadata\"}\n\nevent: end\ndata: {\"complete\": true}\n\n" + End);
        Assert.Equal(
            [
                new SseFrame(null, "{\"job_id\":  1.0, \"type\": \"metadata\"}"),
                new SseFrame("end", "{\"complete\": true}"),
                new SseFrame("done", "{}"),
            ],
            frames.Select(frame => frame.Raw));
        Assert.Null(frames[1].Event);
    }

    [Theory]
    [InlineData("{\"complete\": true}")]
    [InlineData("{\"status\": \"success\"}")]
    public async Task Complete_End_Counts_As_Done_When_The_Stream_Stops_There(string end)
    {
        var frames = await Reading.Frames($"event: end\ndata: {end}\n\n");
        Assert.Equal(["done {}"], frames.Shown());
        Assert.Null(frames[^1].Raw);
    }

    [Fact]
    public async Task Complete_End_Counts_As_Done_When_The_Connection_Breaks_Behind_It()
    {
        var stream = new ChoppedStream("event: end\ndata: {\"complete\": true}\n\n"u8.ToArray(), () => int.MaxValue, new IOException());
        Assert.Equal(["done {}"], (await Reading.Frames(stream)).Shown());
    }

    [Fact]
    public async Task End_That_Is_Not_Complete_Does_Not_Count_As_Done() =>
        Assert.StartsWith(
            "error {\"code\":\"upstream_truncated\"",
            Assert.Single(await Reading.Events("event: end\ndata: {\"status\": \"running\"}\n\n")),
            StringComparison.Ordinal);

    [Fact]
    public async Task Usage_Is_Taken_From_The_End_Only_Where_No_Frame_Of_Its_Own_Came()
    {
        const string EndWithUsage = "event: end\ndata: {\"complete\": true, \"usage\": {\"total_tokens\": 3}}\n\n";
        const string Three = "usage {\"inputTokens\":null,\"outputTokens\":null,\"totalTokens\":3,\"cost\":null}";
        Assert.Equal([Three, "done {}"], await Reading.Events(EndWithUsage));
        Assert.Equal([Three, "done {}"], await Reading.Events("event: usage\ndata: {\"total_tokens\": 3}\n\n" + EndWithUsage));
    }

    [Theory]
    [InlineData("""{"input_tokens": 2, "output_tokens": 3}""", """{"inputTokens":2,"outputTokens":3,"totalTokens":5,"cost":null}""")]
    [InlineData(
        """{"input_tokens": 2.5, "output_tokens": "3", "total_tokens": [], "total_cost": "0.1"}""",
        """{"inputTokens":null,"outputTokens":null,"totalTokens":null,"cost":null}""")]
    [InlineData(
        """{"input_tokens": 9223372036854775807, "output_tokens": 1, "total_cost": 1e400}""",
        """{"inputTokens":null,"outputTokens":1,"totalTokens":null,"cost":null}""")]
    [InlineData(
        """{"input_tokens": 9007199254740991, "output_tokens": -9007199254740991, "total_tokens": -9223372036854775808}""",
        """{"inputTokens":9007199254740991,"outputTokens":-9007199254740991,"totalTokens":null,"cost":null}""")]
    [InlineData(
        """{"total_tokens": null, "tokens_used": 7, "total_cost": null, "billing_info": {"total_cost": 0.000001}, "cost": 2}""",
        """{"inputTokens":null,"outputTokens":null,"totalTokens":7,"cost":0.000001}""")]
    [InlineData("""{"billing_info": "none", "cost": 0.1}""", """{"inputTokens":null,"outputTokens":null,"totalTokens":null,"cost":0.1}""")]
    public async Task Usage_States_What_Is_Stated_And_Null_For_The_Rest(string sent, string expected) =>
        Assert.Equal([$"usage {expected}", "done {}"], await Reading.Events($"event: usage\ndata: {sent}\n\n{End}"));

    [Theory]
    [InlineData("event: error\ndata: {\"error\": \"It broke\"}", "It broke")]
    [InlineData("event: error\ndata: {\"error\": {\"message\": \"It broke\", \"code\": 5}}", "It broke")]
    [InlineData("event: error\ndata: {\"detail\": \"It broke\"}", "It broke")]
    [InlineData("event: error\ndata: It broke", "It broke")]
    [InlineData("event: error\ndata: \"It broke\"", "It broke")]
    [InlineData("data: {\"error\": \"It broke\"}", "It broke")]
    [InlineData("event: chunk\ndata: {\"error\": \"It broke\"}", "It broke")]
    [InlineData("event: done\ndata: {\"error\": \"It\\nbroke\"}", "It broke")]
    [InlineData("event: error\ndata: {}", "The upstream reported an error and did not say which.")]
    [InlineData("event: error\ndata: null", "The upstream reported an error and did not say which.")]
    public async Task Error_Ends_The_Run_With_The_Upstreams_Words_In_Whatever_Form(string frame, string message) =>
        Assert.Equal([$"error {{\"code\":\"upstream_error\",\"message\":\"{message}\"}}"], await Reading.Events($"{frame}\n\n{End}"));

    [Fact]
    public async Task Error_That_Is_Null_Is_None() =>
        Assert.Equal(
            ["chunk {\"content\":\"a\"}", "done {}"],
            await Reading.Events("event: chunk\ndata: {\"content\": \"a\", \"error\": null}\n\n" + End));

    [Fact]
    public async Task Error_Is_Cut_Where_It_Is_Too_Long_For_A_Sentence()
    {
        var shown = Assert.Single(await Reading.Events($"event: error\ndata: {{\"error\": \"{new string('x', 5000)}\"}}\n\n"));
        Assert.Equal(new string('x', 1000) + "…", JsonElement.Parse(shown["error ".Length..]).GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(
        "event: chunk\ndata: {\"output\": {\"Bull\": \"Buy\", \"n\": 1.50}}", """chunk {"content":"{\"Bull\":\"Buy\",\"n\":1.50}"}""")]
    [InlineData("event: chunk\ndata: {\"output\": [\"Buy é\"]}", """chunk {"content":"[\"Buy é\"]"}""")]
    [InlineData("event: chunk\ndata: {\"output\": \"Buy\"}", """chunk {"content":"Buy"}""")]
    [InlineData("event: chunk\ndata: {\"content\": [{\"id\": \"call_1\"}]}", """chunk {"content":"[{\"id\":\"call_1\"}]"}""")]
    [InlineData("event: chunk\ndata: plain", """chunk {"content":"plain"}""")]
    [InlineData("data: {\"content\": \"unnamed\"}", """chunk {"content":"unnamed"}""")]
    [InlineData("event: chunk\ndata: {\"content\": \"a\", \"agent\": \"\"}", """chunk {"content":"a"}""")]
    [InlineData("event: agent_start\ndata: {\"agent\": \"Bull\", \"index\": 1}", """agent_start {"agent":"Bull"}""")]
    [InlineData("event: mood\ndata: [1, 2]", """mood {"text":"[1, 2]"}""")]
    [InlineData("event: mood\ndata: calm", """mood {"text":"calm"}""")]
    [InlineData("event: metadata\ndata: {\"job_id\": \"a\", \"swarm_name\": \"Desk\"}", """metadata {"jobId":"a","name":"Desk"}""")]
    [InlineData("data: {\"job_id\": \"a\"}", """metadata {"jobId":"a","name":null}""")]
    public async Task Frame_Becomes_Its_Event(string frame, string expected) =>
        Assert.Equal([expected, "done {}"], await Reading.Events($"{frame}\n\n{End}"));

    [Theory]
    [InlineData("event: chunk\ndata: {\"content\": \"\"}")]
    [InlineData("event: chunk\ndata: {\"content\": null}")]
    [InlineData("event: chunk\ndata: {}")]
    [InlineData("event: usage\ndata: none")]
    [InlineData("data:")]
    public async Task Frame_Without_Meaning_Is_Relayed_And_Is_No_Event(string frame)
    {
        var frames = await Reading.Frames($"{frame}\n\n{End}");
        Assert.Equal(["done {}"], frames.Shown());
        Assert.NotNull(frames[0].Raw);
    }

    [Theory]
    [InlineData("run.started")]
    [InlineData("room.changed")]
    [InlineData("member.left")]
    [InlineData("hand.raised")]
    [InlineData("agent.changed")]
    [InlineData("message.removed")]
    [InlineData("reaction.removed")]
    [InlineData("cancelled")]
    [InlineData("interrupted")]
    [InlineData("reaction")]
    [InlineData("snapshot")]
    [InlineData("ping")]
    public async Task Type_Of_The_Hubs_Own_Is_Marked_As_The_Upstreams(string type)
    {
        var frames = await Reading.Frames($"event: {type}\ndata: {{\"a\": 1}}\n\n{End}");
        Assert.Equal([$"upstream.{type} {{\"a\": 1}}", "done {}"], frames.Shown());
        Assert.Equal(type, frames[0].Raw!.Name);
    }

    [Theory]
    [InlineData("usage")]
    [InlineData("chunk")]
    [InlineData("metadata")]
    [InlineData("agent_start")]
    [InlineData("done")]
    [InlineData("error")]
    [InlineData("run.started")]
    public async Task Type_That_Control_Characters_Disguise_Is_Not_Taken_For_The_Real_One(string type)
    {
        var events = await Reading.Events($"event: {type}\u0001\ndata: {{\"inputTokens\": \"x\"}}\n\n{End}");
        Assert.Equal([$"upstream.{type} {{\"inputTokens\": \"x\"}}", "done {}"], events);
    }

    [Fact]
    public async Task Json_Nested_Too_Deep_For_The_Hubs_Clients_Is_Kept_As_Text()
    {
        var deep = $"{{\"a\": {new string('[', 60)}{new string(']', 60)}}}";
        var mood = (await Reading.Events($"event: mood\ndata: {deep}\n\n{End}"))[0]["mood ".Length..];
        Assert.Equal(deep, JsonElement.Parse(mood).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Garbage_Never_Throws_And_Always_Ends()
    {
        for (var round = 0; round < 500; round++)
        {
            var seed = Random.Shared.Next();
            TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
            var random = new Random(seed);
            var stream = Fixture.Load("hard-to-parse").Stream;
            for (var change = 0; change < 20; change++)
                stream[random.Next(stream.Length)] = (byte)random.Next(256);

            var frames = await Reading.Frames(new ChoppedStream(stream, () => random.Next(1, 100)));
            Assert.True(frames[^1].Event!.Type is "done" or "error");
            Assert.All(
                frames.Select(frame => frame.Event).OfType<UpstreamEvent>(),
                one => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(one.Data.Span).ValueKind));
        }
    }
}
