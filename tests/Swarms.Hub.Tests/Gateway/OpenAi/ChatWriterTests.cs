using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Upstream.Chat;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>Refusals at the chat door, and calls that are repeated after them.</summary>
public sealed class ChatWriterTests
{
    private static readonly (string Name, string Value) Retry = ("X-Stainless-Retry-Count", "1");
    private static readonly (string Name, string Value) Key = ("Idempotency-Key", "order-7");

    [Theory]
    [InlineData(400, "invalid_request_error", true)]
    [InlineData(401, "authentication_error", true)]
    [InlineData(402, "insufficient_quota", true)]
    [InlineData(404, "invalid_request_error", true)]
    [InlineData(422, "invalid_request_error", true)]
    [InlineData(429, "rate_limit_error", true)]
    [InlineData(500, "server_error", false)]
    [InlineData(503, "server_error", true)]
    public async Task Upstreams_Refusal_Passes_With_Its_Status_And_Words(int status, string type, bool mayRepeat)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(status, "application/json").Header("Retry-After", "17").Body("""{"detail":"There is no model gpt-9."}""");
        using var door = await scripted.OpenAsync();

        var answer = await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed);

        var body = await answer.BodyAsync();
        var error = ChatCalls.Error(JsonElement.Parse(body));
        Assert.Equal(
            (status, type, status >= 500 ? ErrorCodes.UpstreamError : ErrorCodes.UpstreamRejected, "17"),
            (answer.Status, error.GetProperty("type").GetString(), error.GetProperty("code").GetString(), answer.Headers["Retry-After"]));
        Assert.Contains("There is no model gpt-9.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(mayRepeat ? null : "false", answer.Headers.GetValueOrDefault("x-should-retry"));
    }

    [Fact]
    public async Task Refusal_In_OpenAIs_Form_Passes_As_It_Is()
    {
        const string Body = """{"error":{"message":"Too long","type":"x","param":"messages","code":"context_length_exceeded"}}""";
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(400, "application/json").Body(Body);

        var answer = await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.Streamed);

        Assert.Equal((400, Body), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Every_Refusal_Of_The_Door_Has_OpenAIs_Form()
    {
        await using var scripted = await ScriptedHub.StartAsync(
            ("Runs:MaxRequestBytes", "20000"), ("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"));
        var viewer = await scripted.Host.InviteAsync(MemberRoles.Viewer);
        var host = scripted.Host;
        var image = ChatCalls.With(ChatCalls.NotStreamed, ("padding", new string('a', 20_000)));

        (await scripted.Hub.Anybody().PostTextAsync(ChatCalls.Path, ChatCalls.Streamed))
            .IsError(401, "authentication_error", "unauthenticated");
        (await viewer.PostTextAsync(ChatCalls.Path, ChatCalls.Streamed)).IsError(403, "permission_error", "forbidden");
        Assert.Contains(
            "20000", (await host.PostTextAsync(ChatCalls.Path, image)).IsError(413, "invalid_request_error", "too_large"),
            StringComparison.Ordinal);
        (await host.SendRawAsync(HttpMethod.Post, ChatCalls.Path, "{}"u8.ToArray(), "application/json; charset=utf-16"))
            .IsError(415, "invalid_request_error", "invalid");
        Assert.Empty(scripted.Upstream.Requests);

        scripted.AnswerAndHang(1);
        await host.StartAsync();
        var full = await host.PostTextAsync(ChatCalls.Path, ChatCalls.Streamed);
        full.IsError(429, "rate_limit_error", "queue_full");
        Assert.Equal("10", full.Headers["Retry-After"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_That_Is_Repeated_Joins_Its_Run_And_Gets_All_Of_It(bool byKey)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:Kind", "openai"));
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var vendor = new OpenAiVendor();
        var upstream = scripted.Upstream.Answer()
            .Body(vendor.Begin() + vendor.Text("Once ")).WaitFor(goOn.Task)
            .Body(vendor.Text("upon") + vendor.Call("call_a", "weather", "{}") + vendor.End("tool_calls"));
        string run;
        using (var lost = await scripted.OpenAsync())
        {
            run = (await lost.ChatAsync(
                scripted.Host.Token!, ChatCalls.Streamed, byKey ? Key : ("X-Stainless-Retry-Count", "0"))).RunId;
        }

        await upstream.Requested;
        await scripted.Host.SeenAsync(EventTypes.Chunk, run);
        using var door = await scripted.OpenAsync();
        var answer = await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed, byKey ? Key : Retry);
        goOn.SetResult();
        var frames = await answer.FramesAsync();

        Assert.Equal((run, "Once upon", "tool_calls"), (answer.RunId, ChatCalls.TextOf(frames), ChatCalls.FinishOf(frames)));
        Assert.Single(ChatCalls.Deltas(frames), delta => delta.TryGetProperty("tool_calls", out _));
        Assert.Single(scripted.Upstream.Requests);
        var again = await door.ChatAsync(scripted.Host.Token!, ChatCalls.Streamed, byKey ? Key : Retry);
        Assert.Equal(frames, await again.FramesAsync());
        Assert.Single(scripted.Upstream.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Failed_Call_That_May_Be_Paid_For_Gets_The_Same_Answer_For_A_Minute(int status)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var scripted = await ScriptedHub.StartAsync(time);
        scripted.Upstream.Answer(status, "application/json").Body("""{"detail":"The model is broken."}""");
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        var first = await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed);
        first.IsError(status, "server_error", ErrorCodes.UpstreamError);

        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(50));
            var again = await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed);
            Assert.Contains("The model is broken.", again.IsError(502, "server_error", ErrorCodes.UpstreamError), StringComparison.Ordinal);
            Assert.Equal(
                (first.Headers["X-Run-Id"], "false"), (again.Headers["X-Run-Id"], again.Headers["x-should-retry"]));
        }

        Assert.Single(scripted.Upstream.Requests);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed)).Status);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Refused_Call_That_Nobody_Paid_For_Starts_Anew(int status)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(status, "application/json").Body("""{"detail":"Busy."}""");
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);

        var refused = await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed);
        var answer = await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed, Retry);

        Assert.Equal((status, 200), (refused.Status, answer.Status));
    }

    [Fact]
    public async Task Key_That_Was_Used_For_Another_Call_Is_Refused_And_Not_To_Be_Repeated()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        Assert.Equal(200, (await scripted.Host.PostTextAsync(ChatCalls.Path, ChatCalls.NotStreamed, Key)).Status);

        var other = ChatCalls.With(ChatCalls.NotStreamed, ("model", "gpt-5"));
        var answer = await scripted.Host.PostTextAsync(ChatCalls.Path, other, Key);

        answer.IsError(409, "invalid_request_error", "conflict");
        Assert.Equal("false", answer.Headers["x-should-retry"]);
    }
}
