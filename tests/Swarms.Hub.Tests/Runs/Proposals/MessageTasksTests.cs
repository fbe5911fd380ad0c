using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>A proposal that a mention started refers to its message: the message may change while the proposal waits.</summary>
public sealed class MessageTasksTests
{
    [Fact]
    public async Task Approved_Answer_Is_Asked_What_Its_Message_Says_Then()
    {
        await using var scripted = await ModeratedAsync();
        var answer = scripted.Upstream.Answer().Body(Sse.Done);
        var (member, message, proposed) = await ProposeAsync(scripted);
        Assert.Equal(204, (await member.PatchAsync($"{member.Path}/messages/{message}", new { text = "a poem" })).Status);

        Assert.Equal(200, (await ApproveAsync(scripted.Host, proposed.Id, new { })).Status);

        Assert.Equal("a poem", (await answer.Requested).Json.GetProperty("task").GetString());
        var ended = await member.EndedAsync(proposed.Id);
        Assert.Equal((message, "", null), (ended.Message, ended.Task, ended.Asked));
    }

    [Fact]
    public async Task Answer_To_A_Removed_Message_Is_Approved_Only_With_The_Hosts_Own_Task_Which_The_Room_Has()
    {
        await using var scripted = await ModeratedAsync();
        var answer = scripted.Upstream.Answer().Body(Sse.Done);
        var (member, message, proposed) = await ProposeAsync(scripted);
        Assert.Equal(204, (await member.DeleteAsync($"{member.Path}/messages/{message}")).Status);

        var refused = await ApproveAsync(scripted.Host, proposed.Id, new { });
        refused.IsProblem(409, ErrorCodes.Conflict);
        Assert.Contains("The message that it answers was removed.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(RunStates.Proposed, (await member.FindAsync(proposed.Id)).State);
        Assert.Equal(200, (await ApproveAsync(scripted.Host, proposed.Id, new { task = "Tell about owls" })).Status);

        Assert.Equal("Tell about owls", (await answer.Requested).Json.GetProperty("task").GetString());
        var ended = await member.EndedAsync(proposed.Id);
        Assert.Equal((message, "Tell about owls", ""), (ended.Message, ended.Task, ended.Asked?.Task));
        var found = (await member.GetAsync($"{member.Path}/runs?q=owls")).Json.GetProperty("runs");
        Assert.Equal(proposed.Id, Assert.Single(found.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task After_A_Restart_An_Answer_Takes_The_Present_Text_And_One_Whose_Message_Went_Is_Interrupted()
    {
        await using var scripted = await ModeratedAsync();
        var (member, message, kept) = await ProposeAsync(scripted);
        var (other, gone, lost) = await ProposeAsync(scripted);
        Assert.Equal(204, (await member.PatchAsync($"{member.Path}/messages/{message}", new { text = "a poem" })).Status);
        Assert.Equal(204, (await other.DeleteAsync($"{member.Path}/messages/{gone}")).Status);
        await scripted.Hub.StopAsync();

        await using var again = scripted.Hub.Restart(
            ("Upstream:BaseAddress", scripted.Upstream.BaseAddress.ToString()), ("Upstream:ApiKey", ScriptedHub.ApiKey));
        var host = scripted.Host.At(again.Address);
        var ended = await host.FindAsync(lost.Id);
        Assert.Equal((EventTypes.Interrupted, RunReasons.HubStopped), (ended.State, ended.Reason));
        Assert.Equal(RunStates.Proposed, (await host.FindAsync(kept.Id)).State);
        var answer = scripted.Upstream.Answer().Body(Sse.Done);
        Assert.Equal(200, (await ApproveAsync(host, kept.Id, new { })).Status);

        Assert.Equal("a poem", (await answer.Requested).Json.GetProperty("task").GetString());
        Assert.Equal((message, ""), await host.EndedAsync(kept.Id) is var run ? (run.Message, run.Task) : default);
    }

    [Fact]
    public void Hash_Of_An_Answer_Stands_For_Its_Message_And_Not_For_The_Text()
    {
        var start = new AgentStart("writer", "@writer, a story", null);
        var answer = start with { Message = 7 };

        Assert.Equal(answer.Hash(), (answer with { Task = "another text" }).Hash());
        Assert.NotEqual(answer.Hash(), (answer with { Message = 8 }).Hash());
        Assert.NotEqual(answer.Hash(), (answer with { Agent = "critic" }).Hash());
        Assert.NotEqual(start.Hash(), (start with { Task = "another text" }).Hash());
    }

    private static async Task<ScriptedHub> ModeratedAsync()
    {
        var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync(answersMentions: true);
        Assert.Equal(200, (await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { moderated = true } })).Status);
        return scripted;
    }

    private static async Task<(MemberCaller Member, long Message, Run Proposed)> ProposeAsync(ScriptedHub scripted)
    {
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var message = await member.SayAsync("@writer, a story");
        var proposed = await AgentMentionsTests.AnswerToAsync(member, message, EventTypes.RunProposed);
        Assert.Equal((RunStates.Proposed, "", message), (proposed.State, proposed.Task, proposed.Message));
        return (member, message, proposed);
    }

    private static Task<Answer> ApproveAsync(MemberCaller host, string run, object body) =>
        host.PostAsync($"{host.Path}/runs/{run}/approve", JsonSerializer.SerializeToElement(body));
}
