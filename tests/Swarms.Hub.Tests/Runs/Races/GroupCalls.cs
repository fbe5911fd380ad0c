using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>The calls of the tests of groups, over HTTP as any program makes them.</summary>
internal static class GroupCalls
{
    /// <summary>An entry with a request of its own.</summary>
    public static object Entry(string name = "Writer", string model = "gpt-4.1", int? maxTokens = null) => new
    {
        kind = RunKinds.Agent,
        request = maxTokens is null
            ? (object)new { agent_config = new { agent_name = name, model_name = model } }
            : new { agent_config = new { agent_name = name, model_name = model, max_tokens = maxTokens } },
    };

    public static Task<Answer> TryStartGroupAsync(
        this MemberCaller member, object[] runs, bool isBlind = false, string task = "Tell a story", string? key = null) =>
        member.PostAsync($"{member.Path}/groups", new { task, runs, isBlind, idempotencyKey = key });

    public static async Task<RunGroup> StartGroupAsync(this MemberCaller member, object[] runs, bool isBlind = false, string? key = null)
    {
        var answer = await member.TryStartGroupAsync(runs, isBlind, key: key);
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json.Deserialize<RunGroup>(ProtocolJson.Options)!;
    }

    /// <summary>Starts a group of two runs, and returns it once both have ended.</summary>
    public static async Task<RunGroup> FinishGroupAsync(this ScriptedHub scripted, bool isBlind = false)
    {
        foreach (var word in (string[])["Once", "Twice"])
            scripted.Upstream.Answer().Body(Sse.Chunk(word) + Sse.Usage + Sse.Done);

        var group = await scripted.Host.StartGroupAsync([Entry(), Entry("Poet", "o3")], isBlind);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        return group;
    }

    public static Task<Answer> VoteAsync(this MemberCaller member, RunGroup group, string run) =>
        member.PutAsync($"{member.Path}/groups/{group.Id}/vote", new { run });

    /// <summary>Returns the run that the member voted for, as the hub tells it; the answer has nothing else.</summary>
    public static async Task<string?> OwnVoteAsync(this MemberCaller member, RunGroup group)
    {
        var answer = await member.GetAsync($"{member.Path}/groups/{group.Id}/vote");
        Assert.Equal((200, "run"), (answer.Status, Assert.Single(answer.Json.EnumerateObject()).Name));
        return answer.Json.Deserialize<OwnVote>(ProtocolJson.Options)!.Run;
    }

    public static Task<Answer> TakeBackAsync(this MemberCaller member, RunGroup group) =>
        member.DeleteAsync($"{member.Path}/groups/{group.Id}/vote");

    public static Task<Answer> TryRevealAsync(this MemberCaller member, RunGroup group) =>
        member.PostAsync($"{member.Path}/groups/{group.Id}/reveal", new { });

    public static async Task<RunGroup> RevealAsync(this MemberCaller member, RunGroup group)
    {
        var answer = await member.TryRevealAsync(group);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.Deserialize<RunGroup>(ProtocolJson.Options)!;
    }

    /// <summary>Returns the group as the room's snapshot has it.</summary>
    public static async Task<RunGroup> GroupAsync(this MemberCaller member, string id) =>
        (await member.SnapshotAsync()).Groups!.Single(group => group.Id == id);

    public static async Task<RoomFrame> SnapshotAsync(this MemberCaller member) =>
        (await member.GetAsync(member.Path)).Json.Deserialize<RoomFrame>(ProtocolJson.Options)!;

    /// <summary>Requires that a fold of all events is the snapshot.</summary>
    public static async Task FoldsToTheSnapshotAsync(this MemberCaller member)
    {
        var snapshot = await member.SnapshotAsync();
        var state = new RoomState(new Room { Id = member.Room, Name = "", CreatedAt = snapshot.Room!.CreatedAt });
        foreach (var roomEvent in await member.EventsAsync())
            state.Apply(roomEvent);

        Assert.Equal(
            AgentCalls.Json(snapshot), AgentCalls.Json(state.ToSnapshot(snapshot.Cursor, snapshot.Reason!)));
    }
}
