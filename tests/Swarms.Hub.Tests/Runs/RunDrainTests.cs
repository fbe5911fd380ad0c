using Microsoft.AspNetCore.SignalR.Client;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

public sealed class RunDrainTests
{
    [Fact]
    public async Task A_Stopped_Hub_Ends_Its_Runs_As_Interrupted_Running_Or_Waiting()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        var answer = scripted.AnswerAndHang(1)[0];
        var running = await scripted.Host.StartAsync();
        var waiting = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, running.Id);
        await using var feed = await FeedReader.OpenAsync(scripted.Host);

        await Task.Run(scripted.Hub.StopAsync, TestContext.Current.CancellationToken);

        // A viewer sees both endings before its stream ends.
        await answer.Aborted.InTime();
        var seen = new List<string?>();
        await feed.UntilAsync(item => item.EventType == EventTypes.Interrupted && IsLast(seen, item.Data));
        Assert.Equal(new[] { running.Id, waiting.Id }.Order(), seen.Order());
        await using var again = scripted.Hub.Restart();
        var host = scripted.Host.At(again.Address);
        Assert.Equal(
            (EventTypes.Interrupted, "hub_stopped", "Once "),
            await host.FindAsync(running.Id) is var first ? (first.State, first.Reason, first.Text) : default);
        Assert.Equal(
            (EventTypes.Interrupted, "hub_stopped", ""),
            await host.FindAsync(waiting.Id) is var second ? (second.State, second.Reason, second.Text) : default);
        await host.EndsOnceAsync(running.Id);
        Assert.Equal([EventTypes.RunQueued, EventTypes.Interrupted], (await host.EndsOnceAsync(waiting.Id)).Select(e => e.Type));
    }

    [Fact]
    public async Task A_Stopping_Hub_Refuses_Starts_And_Lets_Runs_Finish()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:DrainTimeout", "00:00:20"));
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(finish.Task).Body(Sse.Chunk("upon") + Sse.Done);
        var run = await scripted.Host.StartAsync(key: "k1");
        await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);
        await using var caller = await HubCaller.ConnectAsync(scripted.Host);
        var draining = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        caller.Connection.On<int>("Draining", _ => draining.TrySetResult());
        var frames = caller.Watch(scripted.Host.Room);
        await frames.ReadAsync(TestContext.Current.CancellationToken).InTime();

        var stopping = Task.Run(scripted.Hub.StopAsync, TestContext.Current.CancellationToken);
        await draining.Task.InTime();

        (await scripted.Host.TryStartAsync()).IsProblem(503, ErrorCodes.Draining);
        await caller.IsRefusedAsync(ErrorCodes.Draining, "StartRun", scripted.Host.Room, new { request = RunCalls.Story, kind = "agent" });
        // A repeated start with the same key returns the started run.
        Assert.Equal(run.Id, (await scripted.Host.StartAsync(key: "k1")).Id);
        finish.SetResult();
        await stopping.InTime();
        await using var again = scripted.Hub.Restart();
        Assert.Equal(
            (EventTypes.Done, "Once upon"),
            await scripted.Host.At(again.Address).FindAsync(run.Id) is var found ? (found.State, found.Text) : default);
    }

    private static bool IsLast(List<string?> seen, string data)
    {
        seen.Add(System.Text.Json.JsonElement.Parse(data).GetProperty("run").GetString());
        return seen.Count == 2;
    }
}
