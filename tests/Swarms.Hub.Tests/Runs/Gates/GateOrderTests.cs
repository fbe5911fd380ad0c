using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>The order in which a start is asked. Every gate refuses at first; each row lifts the refusal that was said.</summary>
public sealed class GateOrderTests
{
    private static readonly object LongTask = new { task = new string('€', 16_000), agent_config = new { model_name = "gpt-4.1" } };
    private static readonly object Unlocked = new { locked = false };
    private static readonly object AnyAgent = new { agentsOnly = false };
    private static readonly object NoBudget = new { budget = (object?)null };

    [Fact]
    public async Task Refusals_Come_In_One_Order()
    {
        await using var scripted = await ScriptedHub.StartAsync(
            ("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"), ("Access:MaxTextBytesPerMinute", "524288"));
        var (host, member) = (scripted.Host, await scripted.Host.InviteAsync(MemberRoles.Participant));
        scripted.AnswerAndHang(2);
        var running = await host.StartAsync();
        await host.SeenAsync(EventTypes.Chunk, running.Id);
        await RoomChangesTests.ChangeAsync(host, new { locked = true, agentsOnly = true, budget = new { roomTokens = 0 } });

        (string Code, string Sentence, Func<Task> Lift)[] table =
        [
            (ErrorCodes.Forbidden, "The room is locked", () => RoomChangesTests.ChangeAsync(host, Unlocked)),
            (ErrorCodes.Forbidden, "Choose one of the room's agents", () => RoomChangesTests.ChangeAsync(host, AnyAgent)),
            (ErrorCodes.OverBudget, "budget of tokens", () => RoomChangesTests.ChangeAsync(host, NoBudget)),
            (ErrorCodes.RateLimited, "You may write", async () => member = await host.InviteAsync(MemberRoles.Participant)),
            (ErrorCodes.QueueFull, "can wait in this room", () => host.CancelAsync(running.Id)),
        ];
        foreach (var (code, sentence, lift) in table)
        {
            var answer = await StartAsync(member, isFlooded: code == ErrorCodes.RateLimited);
            Assert.Equal(code, answer.Code);
            Assert.Contains(sentence, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
            await lift();
        }

        Assert.Equal(0, (await member.StartAsync()).Position);
        Assert.Equal(2, (await host.EventsAsync()).Count(e => e.Type == EventTypes.RunQueued));
    }

    // The member may write again soon, so the flood is repeated until a start comes right behind it.
    private static async Task<Answer> StartAsync(MemberCaller member, bool isFlooded)
    {
        while (true)
        {
            if (isFlooded)
                await WriteTooMuchAsync(member);

            var answer = await member.TryStartAsync(LongTask);
            if (!isFlooded || answer.Code != ErrorCodes.QueueFull)
                return answer;
        }
    }

    private static async Task WriteTooMuchAsync(MemberCaller member)
    {
        var text = new string('x', 4_000);
        while ((await member.PostAsync($"{member.Path}/messages", new { text })).Status == 201)
        {
        }
    }
}
