using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Runs;

public sealed class EndingTests
{
    public static TheoryData<string> Fixtures => Fixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Every_Stream_Ends_With_One_Ending(string name)
    {
        var fixture = Fixture.Load(name);
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer();
        foreach (var piece in fixture.Stream.Chunk(7))
            answer.Body(piece);

        var run = await scripted.Host.StartAsync();

        var events = await scripted.Host.EndsOnceAsync(run.Id);
        Assert.Equal(fixture.Expected.EnumerateArray().Select(e => e.GetProperty("type").GetString()), events.Skip(2).Select(e => e.Type));
        await IsDigestRightAsync(scripted.Host, run.Id);
    }

    [Theory]
    [InlineData("refuse", ErrorCodes.UpstreamRejected)]
    [InlineData("error", ErrorCodes.UpstreamError)]
    [InlineData("cut", ErrorCodes.UpstreamTruncated)]
    [InlineData("silence", ErrorCodes.UpstreamIdle)]
    [InlineData("garbage", ErrorCodes.UpstreamTruncated)]
    public async Task Every_Fault_Ends_With_One_Ending(string fault, string code)
    {
        await using var hub = HubUnderTest.Start(("Upstream:IdleTimeout", "00:00:00.5"));
        var host = await hub.CreateRoomAsync();

        var run = await host.StartRunAsync(new { chunksPerSecond = 0, chunks = 10, fault, faultAfterChunks = 3, status = 422 });

        var ending = (await host.EndsOnceAsync(run))[^1];
        Assert.Equal((EventTypes.Error, code), (ending.Type, ending.Data.GetProperty("code").GetString()));
        Assert.NotEmpty(ending.Data.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Events_Of_Any_Kind_Beyond_The_Limit_End_The_Run()
    {
        await using var hub = await ScriptedHub.StartAsync(("Runs:MaxEventBytes", "1000000"));
        var large = $"event: foo\ndata: {{\"note\":\"{new string('x', 100_000)}\"}}\n\n";
        hub.Upstream.Answer().Body(string.Concat(Enumerable.Repeat(large, 60)) + Sse.Done);

        var run = await hub.Host.StartAsync();

        var events = await hub.Host.EndsOnceAsync(run.Id);
        Assert.Equal((EventTypes.Error, ErrorCodes.TooLarge), (events[^1].Type, events[^1].Data.GetProperty("code").GetString()));
        Assert.Equal(9, events.Count(e => e.Type == "foo"));
    }

    [Fact]
    public async Task Run_That_Takes_Too_Long_Ends_And_Gives_Its_Place_To_The_Next()
    {
        var time = new FakeTimeProvider();
        await using var hub = await ScriptedHub.StartAsync(
            time, ("Runs:MaxDuration", "00:10:00"), ("Runs:MaxParallelPerRoom", "1"), ("Upstream:IdleTimeout", "1.00:00:00"));
        hub.AnswerAndHang(1);
        hub.Upstream.Answer().Body(Sse.Chunk("Next") + Sse.Done);
        var endless = await hub.Host.StartAsync();
        await hub.Host.SeenAsync(EventTypes.Chunk, endless.Id);
        var next = await hub.Host.StartAsync();
        Assert.Equal(1, next.Position);

        time.Advance(TimeSpan.FromMinutes(10));

        var ending = (await hub.Host.EndsOnceAsync(endless.Id))[^1];
        Assert.Equal((EventTypes.Error, ErrorCodes.TooLong), (ending.Type, ending.Data.GetProperty("code").GetString()));
        Assert.Equal((EventTypes.Done, "Next"), await hub.Host.EndedAsync(next.Id) is var ended ? (ended.State, ended.Text) : default);
    }

    [Fact]
    public async Task Upstream_Closing_Early_Ends_The_Run_As_Failed()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon"));

        var run = await scripted.Host.StartAsync();

        var ending = (await scripted.Host.EndsOnceAsync(run.Id))[^1];
        Assert.Equal((EventTypes.Error, ErrorCodes.UpstreamTruncated), (ending.Type, ending.Data.GetProperty("code").GetString()));
        var failed = await scripted.Host.FindAsync(run.Id);
        Assert.Equal(("Once upon", ErrorCodes.UpstreamTruncated), (failed.Text, failed.Error!.Code));
        Assert.Null(failed.Sha256);
    }

    [Fact]
    public async Task Upstream_Breaking_The_Connection_Ends_The_Run_As_Failed()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once")).WaitFor(seen.Task).Reset();
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);

        seen.SetResult();

        var ending = (await scripted.Host.EndsOnceAsync(run.Id))[^1];
        Assert.Equal((EventTypes.Error, ErrorCodes.UpstreamTruncated), (ending.Type, ending.Data.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Nothing_After_An_Ending_Is_Read()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer()
            .Body(Sse.Chunk("Once") + Sse.Done + Sse.Chunk(" more") + "event: error\ndata: {\"error\": \"late\"}\n\n" + Sse.Done);

        var run = await scripted.Host.StartAsync();

        Assert.Equal(
            [EventTypes.RunQueued, EventTypes.RunStarted, EventTypes.Chunk, EventTypes.Done],
            (await scripted.Host.EndsOnceAsync(run.Id)).Select(e => e.Type));
    }

    [Fact]
    public async Task A_Run_Outlives_The_Connection_That_Started_It()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(gone.Task).Body(Sse.Chunk("upon") + Sse.Done);
        var bob = await scripted.Host.InviteAsync(MemberRoles.Participant);
        string run;
        await using (var connection = await HubCaller.ConnectAsync(bob))
            run = (await connection.InvokeAsync("StartRun", bob.Room, new { request = RunCalls.Story, kind = "agent" }))
                .GetProperty("id")
                .GetString()!;

        await scripted.Host.SeenAsync(EventTypes.Chunk, run);
        gone.SetResult();

        Assert.Equal(EventTypes.Done, (await scripted.Host.EndsOnceAsync(run))[^1].Type);
        Assert.Equal(("Once upon", bob.Member), await scripted.Host.FindAsync(run) is var found ? (found.Text, found.By) : default);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Digest_Is_Right_Where_Characters_Are_Cut_Between_Packets(int size)
    {
        const string Text = "Größe, 漢字, 🤖👩‍🚀 — ";
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer();
        var stream = string.Concat(Text.EnumerateRunes().Select(rune => $"event: chunk\ndata: {{\"content\": \"{rune}\"}}\n\n")) + Sse.Done;
        foreach (var piece in Encoding.UTF8.GetBytes(stream).Chunk(size))
            answer.Body(piece);

        var run = await scripted.Host.StartAsync();

        await scripted.Host.EndsOnceAsync(run.Id);
        Assert.Equal(Text, (await scripted.Host.FindAsync(run.Id)).Text);
        await IsDigestRightAsync(scripted.Host, run.Id);
    }

    [Fact]
    public async Task Digest_Is_Right_Where_A_Character_Is_Cut_Between_Two_Chunks()
    {
        // An upstream that cuts its text by UTF-16 units sends half of a character in each of two chunks.
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(
            "event: chunk\ndata: {\"content\": \"a\\ud83e\"}\n\nevent: chunk\ndata: {\"content\": \"\\udd16b\"}\n\n" + Sse.Done);

        var run = await scripted.Host.StartAsync();

        await scripted.Host.EndsOnceAsync(run.Id);
        await IsDigestRightAsync(scripted.Host, run.Id);
    }

    [Fact]
    public async Task A_Text_Beyond_The_Limit_Ends_The_Run_And_Keeps_What_Came_Before()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxTextBytes", "1024"));
        // The bound counts bytes: 512 characters of two bytes fill it exactly.
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk(new string('ä', 512)) + Sse.Chunk("x")).Hang();

        var run = await scripted.Host.StartAsync();

        var ending = (await scripted.Host.EndsOnceAsync(run.Id))[^1];
        await answer.Aborted.InTime();
        Assert.Equal((EventTypes.Error, ErrorCodes.TooLarge), (ending.Type, ending.Data.GetProperty("code").GetString()));
        Assert.Equal(new string('ä', 512), (await scripted.Host.FindAsync(run.Id)).Text);
    }

    [Fact]
    public async Task A_Text_Of_Exactly_The_Limit_Is_Whole()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxTextBytes", "1024"));
        scripted.Upstream.Answer().Body(Sse.Chunk(new string('ä', 512)) + Sse.Done);

        var run = await scripted.Host.StartAsync();

        Assert.Equal(EventTypes.Done, (await scripted.Host.EndsOnceAsync(run.Id))[^1].Type);
        Assert.Equal(1024, (await scripted.Host.FindAsync(run.Id)).Bytes);
    }

    private static async Task IsDigestRightAsync(MemberCaller member, string id)
    {
        var run = await member.FindAsync(id);
        if (run.State != EventTypes.Done)
            return;

        var bytes = Encoding.UTF8.GetBytes(run.Text!);
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (run.Bytes, run.Sha256));
    }
}
