using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <content>Threads, groups and a text that is held.</content>
public sealed partial class LessonTests
{
    private const string Secret = "a phone number";

    // Six turns. The second is asked again, and the fifth is asked in another way.
    private async Task ConverseAsync()
    {
        var turns = new List<Run>();
        for (var turn = 1; turn <= 6; turn++)
        {
            turns.Add(await FinishAsync(Short($"Turn {turn}", $"Answer {turn}.") with { Continues = turns.LastOrDefault()?.Id }));
            if (turn is not (2 or 5))
                continue;

            var again = await FinishAsync(Short($"Turn {turn} again", $"Answer {turn} again.") with { Supersedes = turns[^1].Id });
            Assert.Equal((turns[0].Id, turn, turns[^1].Id), (again.Thread!.Root, again.Thread.Turn, again.Thread.Supersedes));
            turns[^1] = again;
        }

        Assert.Equal(6, turns[^1].Thread!.Turn);
        Assert.Equal((5, 0), (turns[^1].History!.Turns, turns[^1].History!.OmittedTurns));
    }

    // Two agents answer unseen. Everybody votes, and the teacher reveals them.
    private async Task RaceAsync(int number)
    {
        var race = await _teacher.StartGroupAsync(
            new StartGroupRequest
            {
                Task = $"Race {number}",
                Runs = [Entry($"Hare {number}", "Fast."), Entry($"Tortoise {number}", "Slow, and longer.")],
                IsBlind = true,
            },
            CancellationToken);
        foreach (var id in race.Runs)
        {
            var run = await _watches[0].RunAsync(id, it => it.State == EventTypes.Done);
            Assert.Equal((null, null), (run.Agent.Name, run.Usage));
        }

        foreach (var pupil in _pupils)
            await pupil.VoteForRunAsync(race.Id, race.Runs[_random.Next(2)], CancellationToken);

        var revealed = await _teacher.RevealGroupAsync(race.Id, CancellationToken);
        Assert.Equal(Pupils, revealed.Results!.Sum(result => result.Votes));
        var names = new List<string?>();
        foreach (var id in revealed.Runs)
            names.Add((await _watches[0].RunAsync(id, it => it.Agent.Name is not null)).Agent.Name);

        Assert.Equal([$"Hare {number}", $"Tortoise {number}"], names.Order());
    }

    // The teacher sees a text first, masks a passage of it, and lets the others have the rest.
    private async Task HoldBackAsync()
    {
        await _teacher.ChangeSettingsAsync(Json(new { holdBack = new { } }), CancellationToken);
        var started = await _teacher.StartRunAsync(Short("Tell me", $"Call {Secret}, or do not."), CancellationToken);
        var lane = _teacher.OpenLane(started.Hold!.Lane);
        await using (var watch = new Watch(lane))
        {
            var held = await watch.RunAsync(lane.Id, it => it.State == EventTypes.Done);
            var start = held.Text!.IndexOf(Secret, StringComparison.Ordinal);
            Assert.Equal("", _teacher.State!.FindRun(started.Id)!.Text);
            await _teacher.MaskRunAsync(started.Id, start, start + Secret.Length, CancellationToken);
            await _teacher.ReleaseRunAsync(started.Id, cancellationToken: CancellationToken);
        }

        var released = await _watches[1].RunAsync(started.Id, it => it.State == EventTypes.Done);
        Assert.Equal("Call , or do not.", released.Text);
        Assert.Equal([new RunMask(5, Secret.Length)], released.Masks);
        await _teacher.ChangeSettingsAsync(Json(new { holdBack = false }), CancellationToken);
    }

    // The hub dies while a run is under way. Another one goes on from the text that it has.
    private async Task InterruptAsync()
    {
        var run = await _teacher.StartRunAsync(Ask("A long story", chunksPerSecond: 20), CancellationToken);
        await _watches[0].RunAsync(run.Id, it => it.Text?.Length > 0);
        await _hub.KillAsync();
        await _hub.StartAsync(Prices);
        var interrupted = await _watches[0].RunAsync(run.Id, it => it.State == EventTypes.Interrupted);
        var goesOn = await FinishAsync(Short("Go on", "The end.") with { Continues = interrupted.Id });
        Assert.Equal((2, 1), (goesOn.Thread!.Turn, goesOn.Thread.Attempt));
        Assert.Equal(1, goesOn.History!.Turns);
    }

    private async Task<Run> FinishAsync(StartRunRequest start)
    {
        var run = await _teacher.StartRunAsync(start, CancellationToken);
        return await _watches[0].RunAsync(run.Id, it => it.State == EventTypes.Done);
    }

    private static StartRunRequest Short(string task, string text) => new()
    {
        Request = JsonSerializer.SerializeToElement(new { agent_config = new { agent_name = "Teacher" }, task, simulation = new { text } }),
    };

    private static GroupEntry Entry(string agent, string text) => new()
    {
        Request = JsonSerializer.SerializeToElement(
            new { agent_config = new { agent_name = agent, model_name = "runner", max_tokens = 100 }, simulation = new { text } }),
    };
}
