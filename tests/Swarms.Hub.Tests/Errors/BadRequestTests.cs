using System.Text;
using Swarms.Hub.Support;

namespace Swarms.Hub.Errors;

public sealed class BadRequestTests(SharedHub shared)
{
    private static readonly byte[] InvalidUtf8 = [.. "{\"name\":\"a"u8, 0xFF, 0xC3, 0x28, .. "\",\"text\":\"a"u8, 0xFF, .. "\"}"u8];

    private readonly HubUnderTest _hub = shared.Hub;

    public static TheoryData<string> Malformed =>
    [
        "", "{", "nonsense", "null", "[]", "\"text\"", "7", "{\"name\":7}", "{\"name\":{\"a\":1}}", "{\"name\":\"\\ud800\"}",
        "{\"name\":\"a\",}",
        "{\"name\":" + new string('[', 200) + new string(']', 200) + "}", "{}", "{\"name\":null}", "{\"name\":\"\"}",
        "{\"name\":\" \\t\\n \"}",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_Body_That_Does_Not_Fit_Is_Invalid_Wherever_It_Is_Sent(string body)
    {
        var host = await _hub.CreateRoomAsync();

        (await _hub.Anybody().PostTextAsync("/api/rooms", body)).IsProblem(400, "invalid");
        (await _hub.Anybody().PostTextAsync("/api/join", body)).IsProblem(400, "invalid");
        (await host.PostTextAsync($"{host.Path}/messages", body)).IsProblem(400, "invalid");
        (await host.PostTextAsync($"{host.Path}/runs", body)).IsProblem(400, "invalid");
        (await host.PostTextAsync($"{host.Path}/invites", body)).IsProblem(400, "invalid");
        (await host.PostTextAsync("/v1/agent/completions", body)).IsDetail(400);
        (await host.PostTextAsync("/v1/swarm/completions", body)).IsDetail(400);
        (await host.SendRawAsync(HttpMethod.Patch, host.Path, Encoding.UTF8.GetBytes(body))).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Bytes_That_Are_No_Utf8_Are_Invalid()
    {
        var host = await _hub.CreateRoomAsync();

        (await _hub.Anybody().SendRawAsync(HttpMethod.Post, "/api/rooms", InvalidUtf8)).IsProblem(400, "invalid");
        (await host.SendRawAsync(HttpMethod.Post, $"{host.Path}/messages", InvalidUtf8)).IsProblem(400, "invalid");
        byte[] task = [.. "{\"task\":\"a"u8, 0xFF, .. "\"}"u8];
        (await host.SendRawAsync(HttpMethod.Post, "/v1/agent/completions", task)).IsDetail(400);
        (await host.SendRawAsync(HttpMethod.Post, $"{host.Path}/runs", (byte[])[.. "{\"request\":"u8, .. task, .. "}"u8]))
            .IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Bytes_That_The_Hub_Does_Not_Read_Are_The_Upstreams_To_Judge()
    {
        var host = await _hub.CreateRoomAsync();
        byte[] body =
        [
            .. "{\"idempotencyKey\":\"k\",\"request\":{\"task\":\"t\",\"note\":\"a"u8, 0xFF,
            .. "\",\"half\":\"\\ud800\",\"simulation\":{\"chunksPerSecond\":0,\"chunks\":1}}}"u8,
        ];

        var first = await host.SendRawAsync(HttpMethod.Post, $"{host.Path}/runs", body);
        var second = await host.SendRawAsync(HttpMethod.Post, $"{host.Path}/runs", body);

        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(
            first.Json.GetProperty("run").GetProperty("id").GetString(), second.Json.GetProperty("run").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Names_And_Messages_Of_Megabytes_Are_Too_Large()
    {
        var host = await _hub.CreateRoomAsync();
        var (long_, huge) = (new string('a', 300_000), new string('a', 3_000_000));

        foreach (var text in new[] { long_, huge })
        {
            (await _hub.Anybody().PostAsync("/api/rooms", new { name = text })).IsProblem(413, "too_large");
            (await _hub.Anybody().PostAsync("/api/rooms", new { name = "a", memberName = text })).IsProblem(413, "too_large");
            (await host.PostAsync($"{host.Path}/messages", new { text })).IsProblem(413, "too_large");
            (await host.PatchAsync(host.Path, new { name = text })).IsProblem(413, "too_large");
            (await host.PatchAsync($"{host.Path}/members/{host.Member}", new { name = text })).IsProblem(413, "too_large");
        }

        Assert.Contains("102400", (await host.PostAsync($"{host.Path}/messages", new { text = huge })).Text, StringComparison.Ordinal);
        Assert.Contains(
            "16384",
            (await host.PostAsync($"{host.Path}/messages", new { text = new string('a', 16_385) })).Text,
            StringComparison.Ordinal);
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = new string('\u20ac', 16_384) })).Status);
    }

    [Fact]
    public async Task Requests_Larger_Than_A_Run_May_Be_Are_Too_Large()
    {
        await using var hub = HubUnderTest.Start(("Runs:MaxRequestBytes", "2000000"));
        var host = await hub.CreateRoomAsync();
        var (fits, exceeds) = (new string('a', 1_800_000), new string('a', 2_100_000));

        Assert.Contains(
            "2000000",
            (await host.PostAsync("/v1/agent/completions", new { task = exceeds })).IsDetail(413).Text,
            StringComparison.Ordinal);
        (await host.PostAsync($"{host.Path}/runs", new { request = new { task = exceeds } })).IsProblem(413, "too_large");
        var agent = new { agent_name = new string('n', 100_000) };
        var started = await host.PostAsync(
            $"{host.Path}/runs", new { request = new { task = fits, agent_config = agent, simulation = new { chunks = 0 } } });
        Assert.Equal(202, started.Status);
        var run = started.Json.GetProperty("run");
        Assert.Equal(
            (16_384, 1_800_000, 200),
            (run.GetProperty("task").GetString()!.Length,
                run.GetProperty("taskLength").GetInt32(),
                run.GetProperty("agent").GetProperty("name").GetString()!.Length));
    }

    [Theory]
    [InlineData("""{"request":"text"}""")]
    [InlineData("""{"request":null}""")]
    [InlineData("""{"request":[]}""")]
    [InlineData("""{"request":{}}""")]
    [InlineData("""{"request":{"task":""}}""")]
    [InlineData("""{"request":{"task":7}}""")]
    [InlineData("""{"request":{"task":"\ud800"}}""")]
    [InlineData("""{"request":{"task":"x","agent_config":"none"}}""")]
    [InlineData("""{"request":{"task":"x","agent_config":{"agent_name":7}}}""")]
    [InlineData("""{"request":{"task":"x"},"kind":"herd"}""")]
    [InlineData("""{"request":{"task":"x"},"kind":null}""")]
    [InlineData("""{"request":{"task":"x"},"kind":7}""")]
    [InlineData("""{"request":{"task":"x"},"idempotencyKey":""}""")]
    [InlineData("""{"request":{"task":"x"},"idempotencyKey":{}}""")]
    public async Task A_Run_That_Cannot_Be_Asked_For_Is_Invalid(string body)
    {
        var host = await _hub.CreateRoomAsync();

        (await host.PostTextAsync($"{host.Path}/runs", body)).IsProblem(400, "invalid");

        Assert.Empty((await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Idempotency_Key_In_The_Header_Serves_Where_The_Body_Has_None()
    {
        var host = await _hub.CreateRoomAsync();
        var request = new { task = "x", simulation = new { chunksPerSecond = 0, chunks = 1 } };

        var first = await StartAsync(new { request }, "k1");
        var again = await StartAsync(new { request }, "k1");
        var byBody = await StartAsync(new { request, idempotencyKey = "k2" }, "k1");

        Assert.Equal(Id(first), Id(again));
        Assert.NotEqual(Id(first), Id(byBody));
        (await StartAsync(new { request = new { task = "y" } }, "k1")).IsProblem(409, "conflict");
        (await StartAsync(new { request }, new string('k', 201))).IsProblem(400, "invalid");
        Assert.Equal(202, (await StartAsync(new { request }, new string('k', 200))).Status);
        var other = await host.InviteAsync("participant");
        Assert.NotEqual(Id(first), Id(await other.PostAsync($"{host.Path}/runs", new { request }, ("Idempotency-Key", "k1"))));

        Task<Answer> StartAsync<T>(T body, string key) => host.PostAsync($"{host.Path}/runs", body, ("Idempotency-Key", key));
        static string? Id(Answer answer) => answer.Json.GetProperty("run").GetProperty("id").GetString();
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-1")]
    [InlineData("limit=x")]
    [InlineData("limit=")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999")]
    public async Task A_List_Of_Runs_Has_A_Limit(string query)
    {
        var host = await _hub.CreateRoomAsync();
        (await host.GetAsync($"{host.Path}/runs?{query}")).IsProblem(400, "invalid");
    }

    [Theory]
    [InlineData("q=%25", 0)]
    [InlineData("q=_", 0)]
    [InlineData("q=%5C", 0)]
    [InlineData("q='%3B%20DROP%20TABLE%20runs%3B--", 0)]
    [InlineData("q=%FF%FE", 0)]
    [InlineData("q=%00", 0)]
    [InlineData("q=STORY", 1)]
    [InlineData("q=ory", 1)]
    [InlineData("q=simulation", 1)]
    [InlineData("q=", 1)]
    [InlineData("before=", 1)]
    public async Task A_Search_Takes_What_People_Type_To_The_Letter(string query, int found)
    {
        var host = await _hub.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 4 });

        var answer = await host.GetAsync($"{host.Path}/runs?{query}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(found, answer.Json.GetProperty("runs").GetArrayLength());
    }

    [Theory]
    [InlineData("before=nothing")]
    [InlineData("before=0")]
    [InlineData("before=%00")]
    public async Task A_List_Goes_On_From_A_Run_Of_The_Room_And_From_Nothing_Else(string query)
    {
        var host = await _hub.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 4 });

        (await host.GetAsync($"{host.Path}/runs?{query}")).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task A_List_Shows_Runs_As_They_Are_And_Goes_On_Page_By_Page()
    {
        await using var hub = HubUnderTest.Start(("Runs:MaxParallelPerRoom", "1"));
        var host = await hub.CreateRoomAsync();
        var silent = new { chunks = 4, chunksPerSecond = 0, fault = "silence" };
        var runs = new[] { await host.StartRunAsync(silent), await host.StartRunAsync(silent), await host.StartRunAsync(silent) };
        await using var feed = await FeedReader.OpenAsync(host);
        await host.PostAsync($"{host.Path}/runs/{runs[0]}/cancel", new { });
        // The second run begins and the third moves up, in either order.
        var left = new HashSet<(string Type, string Run)> { ("metadata", runs[1]), ("run.moved", runs[2]) };
        await feed.UntilAsync(
            item => left.RemoveWhere(one => item.EventType == one.Type && item.Data.Contains(one.Run, StringComparison.Ordinal)) > 0
                && left.Count == 0);

        var first = (await host.GetAsync($"{host.Path}/runs?limit=2")).Json;
        var second = (await host.GetAsync($"{host.Path}/runs?limit=2&before={first.GetProperty("next").GetString()}")).Json;

        Assert.Equal(
            runs.Reverse(),
            first.GetProperty("runs")
                .EnumerateArray()
                .Concat(second.GetProperty("runs").EnumerateArray())
                .Select(run => run.GetProperty("id").GetString()));
        Assert.Equal(1, first.GetProperty("runs")[0].GetProperty("position").GetInt32());
        Assert.True(first.GetProperty("runs")[1].TryGetProperty("jobId", out _));
        Assert.Null(second.GetProperty("next").GetString());
        Assert.DoesNotContain("\"text\"", first.GetRawText(), StringComparison.Ordinal);
        foreach (var run in runs)
            await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
    }

    [Fact]
    public async Task What_Is_Not_There_Is_A_Problem_With_A_Code()
    {
        var host = await _hub.CreateRoomAsync();

        (await host.GetAsync("/api/nothing")).IsProblem(404, "not_found");
        (await host.GetAsync("/nothing")).IsProblem(404, "not_found");
        (await host.GetAsync("/api/rooms/nothing")).IsProblem(404, "not_found");
        (await host.GetAsync($"/api/rooms/{new string('a', 4000)}")).IsProblem(404, "not_found");
        (await host.GetAsync($"{host.Path}/runs/nothing")).IsProblem(404, "not_found");
        (await host.PostAsync($"{host.Path}/runs/nothing/cancel", new { })).IsProblem(404, "not_found");
        (await host.PatchAsync($"{host.Path}/members/nothing", new { name = "x" })).IsProblem(404, "not_found");
        (await host.DeleteAsync($"{host.Path}/invites/nothing")).IsProblem(404, "not_found");
        (await host.SendAsync(HttpMethod.Put, "/api/rooms", null)).IsProblem(405, "invalid");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task A_Body_Of_Another_Kind_Is_A_Problem_But_Not_At_The_Swarms_Doors(string? contentType)
    {
        var host = await _hub.CreateRoomAsync();

        (await host.SendRawAsync(HttpMethod.Post, $"{host.Path}/messages", "{\"text\":\"hi\"}"u8.ToArray(), contentType))
            .IsProblem(415, "invalid");
        var body = "{\"task\":\"hi\",\"simulation\":{\"chunksPerSecond\":0,\"chunks\":1}}"u8.ToArray();
        Assert.Equal(200, (await host.SendRawAsync(HttpMethod.Post, "/v1/agent/completions", body, contentType)).Status);
    }

    [Fact]
    public async Task Every_Answer_Tells_Browsers_What_It_May_Not_Do()
    {
        var host = await _hub.CreateRoomAsync();
        Answer[] answers =
        [
            await host.GetAsync(host.Path),
            await host.GetAsync("/api/nothing"),
            await _hub.Anybody().GetAsync(host.Path),
            await host.PostAsync("/v1/agent/completions", new { }),
        ];
        foreach (var answer in answers)
        {
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
            Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer x")]
    [InlineData("Bearer shr_x")]
    [InlineData("Bearer sht_x")]
    [InlineData("Basic YTpi")]
    [InlineData("nonsense")]
    public async Task A_Token_That_Is_None_Is_Unauthenticated(string authorization)
    {
        var host = await _hub.CreateRoomAsync();
        var answer = (await _hub.Anybody().GetAsync(host.Path, ("Authorization", authorization))).IsProblem(401, "unauthenticated");

        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
    }
}
