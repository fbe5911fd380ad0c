using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Mentions are answered in the order of the messages. So a message that starts no run is proved by the run of a later one.
/// </summary>
public sealed class AgentMentionsTests
{
    [Theory]
    [InlineData("Hey @writer, tell us a story.")]
    [InlineData("@STORY WRITER?")]
    public async Task Agent_That_Answers_Mentions_Answers_A_Message_With_Its_Name_Or_Id_By_An_Ordinary_Run(string text)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        await scripted.Host.AddWriterAsync(answersMentions: true);
        var member = await scripted.Host.InviteAsync("participant");

        var message = await member.SayAsync(text);
        var run = await AnswerToAsync(scripted.Host, message);

        Assert.Equal((member.Member, "", "writer"), (run.By, run.Task, run.Agent.Id));
        Assert.Equal(text, (await answer.Requested).Json.GetProperty("task").GetString());
        var events = await scripted.Host.EndsOnceAsync(run.Id);
        // The room has the text once, in the message.
        Assert.Equal((message, ""), (events[0].Data.GetProperty("message").GetInt64(), events[0].Data.GetProperty("task").GetString()));
        Assert.False(events[0].Data.TryGetProperty("taskLength", out _));
        Assert.Equal(message, (await scripted.Host.FindAsync(run.Id)).Message);
    }

    [Fact]
    public async Task Nobody_Who_May_Start_No_Run_And_No_Program_Starts_One_By_A_Mention()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        await scripted.Host.AddWriterAsync(answersMentions: true);
        await scripted.Host.SetAsync("quiet", new { name = "Quiet", model = "m" });
        var viewer = await scripted.Host.InviteAsync("viewer");
        var admitted = await scripted.Host.PostAsync($"{scripted.Host.Path}/programs", new { name = "Bot" });
        var program = new Caller(scripted.Hub.Address, admitted.Json.GetProperty("token").GetString());

        await viewer.SayAsync("@writer, a story");
        await program.PostAsync($"{scripted.Host.Path}/messages", new { text = "@writer, a story" });
        await scripted.Host.SayAsync("@quiet, a story");
        await scripted.Host.SayAsync("the writer");
        var last = await scripted.Host.SayAsync("@writer, a story");

        Assert.Equal(last, (await AnswerToAsync(scripted.Host, last)).Message);
        Assert.Single(await QueuedAsync(scripted.Host));
    }

    [Fact]
    public async Task Answers_Are_No_Messages_So_No_Agent_Answers_Another()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Ask @critic and @writer.") + Sse.Done);
        scripted.AnswerAndHang(1);
        await scripted.Host.AddWriterAsync(answersMentions: true);
        await scripted.Host.SetAsync("critic", new { name = "Critic", model = "m", answersMentions = true });
        var first = await AnswerToAsync(scripted.Host, await scripted.Host.SayAsync("@writer?"));
        await scripted.Host.EndsOnceAsync(first.Id);

        await AnswerToAsync(scripted.Host, await scripted.Host.SayAsync("@critic?"));

        Assert.Equal(["writer", "critic"], (await QueuedAsync(scripted.Host)).Select(AgentOf));
    }

    [Fact]
    public async Task Two_Agents_In_One_Message_Both_Answer()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);
        await scripted.Host.AddWriterAsync(answersMentions: true);
        await scripted.Host.SetAsync("critic", new { name = "Critic", model = "m", answersMentions = true });

        var message = await scripted.Host.SayAsync("@critic and @writer!");
        await using var feed = await scripted.Host.ReplayAsync();
        await feed.UntilAsync(EventTypes.RunQueued);
        await feed.UntilAsync(EventTypes.RunQueued);

        var queued = await QueuedAsync(scripted.Host);
        Assert.Equal(["writer", "critic"], queued.Select(AgentOf));
        Assert.All(queued, e => Assert.Equal(message, e.Data.GetProperty("message").GetInt64()));
    }

    [Fact]
    public async Task Agent_That_Cannot_Start_Keeps_No_Other_From_Answering()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        await scripted.Host.AddWriterAsync(new { llm_api_key = "sk-of-the-agent" }, answersMentions: true);
        await scripted.Host.SetAsync("critic", new { name = "Critic", model = "m", answersMentions = true });
        // Its secret cannot be decrypted, as where the keys are lost.
        using (var connection = new SqliteConnection($"Data Source={scripted.Hub.DatabasePath};Pooling=False"))
        {
            connection.Open();
            using var command = new SqliteCommand("UPDATE agent_secrets SET Value = zeroblob(64)", connection);
            command.ExecuteNonQuery();
        }

        await AnswerToAsync(scripted.Host, await scripted.Host.SayAsync("@writer and @critic!"));

        Assert.Equal(["critic"], (await QueuedAsync(scripted.Host)).Select(AgentOf));
    }

    [Fact]
    public async Task Mentions_Beyond_The_Rate_Start_Nothing_And_Append_Nothing()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var scripted = await ScriptedHub.StartAsync(time, ("Agents:MentionsPerMinute", "2"));
        for (var i = 0; i < 4; i++)
            scripted.Upstream.Answer().Body(Sse.Done);

        await scripted.Host.AddWriterAsync(answersMentions: true);
        var other = await scripted.Hub.CreateRoomAsync();
        await other.AddWriterAsync(answersMentions: true);
        var said = new List<long>();
        for (var i = 0; i < 4; i++)
            said.Add(await scripted.Host.SayAsync($"@writer, number {i}"));

        // Another room has its own rate, and its answer proves that the four were looked at.
        var elsewhere = await AnswerToAsync(other, await other.SayAsync("@writer?"));
        time.Advance(TimeSpan.FromMinutes(1));
        said.Add(await scripted.Host.SayAsync("@writer, again"));
        await AnswerToAsync(scripted.Host, said[4]);

        var queued = await QueuedAsync(scripted.Host);
        Assert.Equal([said[0], said[1], said[4]], queued.Select(e => e.Data.GetProperty("message").GetInt64()));
        // A hub whose clock stands still would wait for runs that have not ended.
        foreach (var run in queued)
            await scripted.Host.EndedAsync(run.Run!);

        await other.EndedAsync(elsewhere.Id);
    }

    [Fact]
    public async Task Mention_Of_An_Agent_That_Cannot_Start_Is_Passed_Over()
    {
        await using var scripted = await ScriptedHub.StartAsync(
            ("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"));
        scripted.AnswerAndHang(2);
        await scripted.Host.AddWriterAsync(answersMentions: true);
        var first = await AnswerToAsync(scripted.Host, await scripted.Host.SayAsync("@writer, one"));

        await scripted.Host.SayAsync("@writer, two");
        // The refused start of the second message comes before the third one's.
        var other = await scripted.Hub.CreateRoomAsync();
        await other.AddWriterAsync(answersMentions: true);
        await AnswerToAsync(other, await other.SayAsync("@writer?"));

        Assert.Equal(first.Id, Assert.Single(await QueuedAsync(scripted.Host)).Run);
    }

    [Fact]
    public async Task Message_Starts_Its_Run_Once_Also_After_A_Restart()
    {
        await using var hub = HubUnderTest.Start(("Runs:DrainTimeout", "00:00:00"));
        var host = await hub.CreateRoomAsync();
        await host.AddWriterAsync(answersMentions: true);
        var first = await host.SayAsync("@writer, one");
        await AnswerToAsync(host, first);
        await hub.StopAsync();

        await using var again = hub.Restart(("Runs:DrainTimeout", "00:00:00"));
        var back = host.At(again.Address);
        var second = await back.SayAsync("@writer, two");
        await AnswerToAsync(back, second);

        Assert.Equal([first, second], (await QueuedAsync(back)).Select(e => e.Data.GetProperty("message").GetInt64()));
    }

    private static string? AgentOf(RoomEvent queued) => queued.Data.GetProperty("agent").GetProperty("id").GetString();

    private static async Task<IReadOnlyList<RoomEvent>> QueuedAsync(MemberCaller member) =>
        [.. (await member.EventsAsync()).Where(e => e.Type == EventTypes.RunQueued)];

    /// <summary>Returns the run that answers the message.</summary>
    internal static async Task<Run> AnswerToAsync(MemberCaller member, long message, string type = EventTypes.RunQueued)
    {
        await using var feed = await member.ReplayAsync();
        var queued = await feed.UntilAsync(item => item.EventType == type
            && System.Text.Json.JsonElement.Parse(item.Data).GetProperty("data") is var data
            && data.TryGetProperty("message", out var answered) && answered.GetInt64() == message);
        return await member.FindAsync(queued.GetProperty("run").GetString()!);
    }
}
