using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.Chat;

public sealed partial class ChatUpstreamTests
{
    public static TheoryData<string, int, string> Refusals
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var kind in Kinds.Select(row => row.Data))
            {
                foreach (var status in (int[])[400, 401, 402, 404, 408, 429])
                    data.Add(kind, status, "upstream_rejected");

                foreach (var status in (int[])[500, 502, 503, 504])
                    data.Add(kind, status, "upstream_error");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_Is_Told_In_The_Vendors_Words_And_Sent_Once(string kind, int status, string code)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var body = chat.Vendor.Refusal("No such thing.");
        chat.Server.Answer(status, "application/json").Header("Retry-After", "30").Body(body);

        var refused = await chat.RefusalAsync();

        Assert.Equal((code, status == 429 ? "No such thing. Retry after 30 seconds." : "No such thing."), (refused.Code, refused.Message));
        Assert.Equal((status, body), (refused.Refusal!.Status, Encoding.UTF8.GetString(refused.Refusal.Body.Span)));
        Assert.Equal("Retry-After", Assert.Single(refused.Refusal.Headers).Key);
        Assert.Single(chat.Server.Requests);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Key_That_A_Refusal_Or_An_Answer_Repeats_Is_Redacted(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(
            kind, null, ("Upstreams:other:Kind", "ollama"), ("Upstreams:other:ApiKey", "other-key-98765"));
        chat.Server.Answer(401, "application/json").Body(chat.Vendor.Refusal($"Wrong key {ChatUnderTest.Key}."));
        Assert.Equal("Wrong key [redacted].", (await chat.RefusalAsync()).Message);

        var vendor = chat.Vendor;
        chat.Answer().Body(vendor.Begin() + vendor.Text("It is sk-01234") + vendor.Text("56789, and other-key-") + vendor.Text("98765."))
            .Body(vendor.Call("c1", "send", new { key = ChatUnderTest.Key }) + vendor.End(null, (1, 1)));
        var read = await chat.ReadAsync();
        Assert.Equal("It is [redacted], and [redacted].", ChatUnderTest.Text(read));
        Assert.DoesNotContain(read, made => made.Data.GetRawText().Contains(ChatUnderTest.Key, StringComparison.Ordinal));
        Assert.Contains("[redacted]", read.Single(made => made.Type == "tool_call").Data.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Redirect_Is_A_Refusal_And_The_Key_Does_Not_Follow_It(string kind)
    {
        await using var elsewhere = await ScriptedUpstream.StartAsync();
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Server.Answer(307, "").Header("Location", new Uri(elsewhere.BaseAddress, "x").ToString());

        Assert.Equal("upstream_rejected", (await chat.RefusalAsync()).Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Error_Within_The_Stream_Comes_After_The_Text_Before_It(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half") + chat.Vendor.Error("The model is overloaded."));

        var read = await chat.ReadAsync();

        Assert.Equal("half", ChatUnderTest.Text(read));
        Assert.Equal("""{"code":"upstream_error","message":"The model is overloaded."}""", read[^1].Data.GetRawText());
        Assert.Equal(kind == "anthropic", read.Exists(made => made.Type == "usage"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stream_That_Is_Cut_Is_Truncated_And_Keeps_Its_Text(string kind)
    {
        foreach (var isReset in (bool[])[false, true])
        {
            await using var chat = await ChatUnderTest.StartAsync(kind);
            var seen = new TaskCompletionSource();
            var answer = chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half")).WaitFor(seen.Task);
            if (isReset)
                answer.Reset();

            await using var response = await chat.SendAsync();
            var read = new List<UpstreamEvent>();
            await foreach (var frame in response.ReadFramesAsync(TestContext.Current.CancellationToken))
            {
                read.Add(frame.Event!);
                if (frame.Event!.Text is not null)
                    seen.SetResult();
            }

            Assert.Equal("half", string.Concat(read.Select(made => made.Text)));
            Assert.Equal("upstream_truncated", JsonElement.Parse(read[^1].Data.Span).GetProperty("code").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Connection_That_Breaks_After_The_Proper_End_Lacks_Nothing(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var seen = new TaskCompletionSource();
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("all") + chat.Vendor.End(null, (1, 2))).WaitFor(seen.Task).Reset();
        await using var response = await chat.SendAsync();
        seen.SetResult();

        var read = await ChatUnderTest.ReadAsync(response);

        // The reset may overtake the answer itself.
        Assert.True(read[^1].Type == "done" || read[^1].Data.GetProperty("code").GetString() == "upstream_truncated");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Silence_Ends_The_Run_And_The_Connection(string kind)
    {
        var time = new FakeTimeProvider();
        await using var chat = await ChatUnderTest.StartAsync(kind, time, ("Upstream:IdleTimeout", "30 s"));
        var answer = chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half")).Hang();
        await using var response = await chat.SendAsync();
        var token = TestContext.Current.CancellationToken;
        await using var frames = response.ReadFramesAsync(token).GetAsyncEnumerator(token);
        var read = new List<UpstreamEvent>();
        while (read.Count == 0 || read[^1].Text is null)
        {
            Assert.True(await frames.MoveNextAsync().InTime());
            read.Add(frames.Current.Event!);
        }

        var next = frames.MoveNextAsync();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        Assert.True(await next);
        // What was used until then comes first, where the vendor has told it.
        if (frames.Current.Event!.Type == "usage")
            Assert.True(await frames.MoveNextAsync());

        Assert.Equal("""{"code":"upstream_idle","message":"The upstream sent nothing for 30 seconds."}""",
            Encoding.UTF8.GetString(frames.Current.Event!.Data.Span));
        await response.DisposeAsync();
        await answer.Aborted.InTime();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Garbage_Is_An_Error_And_Never_Text(string kind)
    {
        string[] bodies = ["\u0000\u001f\uFFFD<html>\n\n", "data: {\"choices\": [{\"delta\"\n\n{\"a\":\n", "data: 7\n\n7\n"];
        foreach (var garbage in bodies)
        {
            await using var chat = await ChatUnderTest.StartAsync(kind);
            chat.Answer().Body(garbage);

            var read = await chat.ReadAsync();

            Assert.Equal("error", read[^1].Type);
            Assert.Contains(read[^1].Data.GetProperty("code").GetString(), (string[])["upstream_error", "upstream_truncated"]);
            Assert.Equal("", ChatUnderTest.Text(read));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Frame_That_Does_Not_End_Is_Refused_At_Its_Bound(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind, null, ("Upstream:MaxFrameBytes", "2048"));
        chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half") + "data: {" + new string('x', 5000));

        var read = await chat.ReadAsync();

        Assert.Equal("half", ChatUnderTest.Text(read));
        Assert.Contains("larger than 2,048 bytes", read[^1].Data.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Half_Of_A_Character_Does_Not_End_The_Answer(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var text = chat.Vendor.Text("SPLIT").Replace("SPLIT", "\\ud83e!", StringComparison.Ordinal);
        chat.Answer().Body(chat.Vendor.Begin() + text + chat.Vendor.Text("after") + chat.Vendor.End(null, (1, 1)));

        var read = await chat.ReadAsync();

        Assert.Equal(("\uFFFD!after", "done"), (ChatUnderTest.Text(read), read[^1].Type));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answer_Of_Another_Type_Is_An_Error(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Server.Answer(200, "text/html").Body("<html>");

        Assert.Equal("upstream_error", (await chat.RefusalAsync()).Code);
        Assert.Single(chat.Server.Requests);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Connection_That_Closes_Without_An_Answer_Is_Not_Tried_Again(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        chat.Answer().Reset();

        var refused = await chat.RefusalAsync();

        Assert.Equal(("upstream_error", "The upstream closed the connection without an answer."), (refused.Code, refused.Message));
        Assert.True(refused.MayHaveBegun);
        Assert.Single(chat.Server.Requests);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Port_Where_Nobody_Listens_Is_Unreachable(string kind)
    {
        await using var services = ChatUnderTest.Compose(
            null, ("Upstream:Kind", kind), ("Upstream:BaseAddress", "http://127.0.0.1:1"), ("Upstream:ApiKey", "key-of-the-hub"));
        var upstream = (IUpstream)services.GetService(typeof(IUpstream))!;

        var refused = await Assert.ThrowsAsync<UpstreamException>(() => upstream.SendAsync(
            new("agent", """{"agent_config":{"model_name":"m1"},"task":"t"}"""u8.ToArray(), true), TestContext.Current.CancellationToken));

        Assert.Equal("upstream_unreachable", refused.Code);
        Assert.False(refused.MayHaveBegun);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelling_Stops_The_Upstream_While_It_Thinks_And_While_It_Speaks(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var thinking = chat.Answer().Hang();
        using (var cancellation = new CancellationTokenSource())
        {
            var sending = chat.SendAsync(cancellationToken: cancellation.Token);
            await thinking.Requested.InTime();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            await thinking.Aborted.InTime();
        }

        var speaking = chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half")).Hang();
        await using var response = await chat.SendAsync();
        using var stop = new CancellationTokenSource();
        await using var frames = response.ReadFramesAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        do
            Assert.True(await frames.MoveNextAsync().InTime());
        while (frames.Current.Event!.Text is null);

        var next = frames.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.InTime());
        await speaking.Aborted.InTime();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Disposing_The_Answer_Stops_The_Upstream_Although_Nobody_Reads(string kind)
    {
        await using var chat = await ChatUnderTest.StartAsync(kind);
        var answer = chat.Answer().Body(chat.Vendor.Begin() + chat.Vendor.Text("half")).Hang();

        await (await chat.SendAsync()).DisposeAsync();

        await answer.Aborted.InTime();
    }
}
