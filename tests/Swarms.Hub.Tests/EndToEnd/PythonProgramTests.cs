using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>A Python program for the Swarms API works unchanged with the hub's address and a room's token.</summary>
public sealed class PythonProgramTests
{
    private const string First = "Once upon a time 🤖";
    private const string Second = ", a robot found a brush.\nIt was blau.";

    [Fact]
    public async Task Program_Written_For_The_Swarms_Api_Prints_The_Text_As_It_Comes_While_The_Room_Watches()
    {
        await PythonProgram.SkipWhereItIsMissingAsync();
        await using var upstream = await ScriptedUpstream.StartAsync();
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Answer()
            .Body("data: {\"job_id\": \"agent-1\", \"name\": \"Creative Writer\", \"type\": \"metadata\"}\n\n")
            .Body("event: start\ndata: {\"message\": \"Starting agent processing...\"}\n\n" + Chunk(First))
            .WaitFor(printed.Task)
            .Body(Chunk(Second)
                + "event: usage\ndata: {\"total_tokens\": 165, \"total_cost\": 0.002735}\n\n"
                + "event: done\ndata: {\"message\": \"Agent processing complete\"}\n\n");
        await using var hub = await HubProcess.StartNewAsync(
            $"--Upstream:BaseAddress={upstream.BaseAddress}", "--Upstream:ApiKey=sk-upstream");
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);

        using var program = new PythonProgram("stream_agent.py", hub.Address.ToString().TrimEnd('/'), room.Token!);
        await program.PrintsAsync(First);
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        var run = viewer.Events.First(e => e.Type == EventTypes.RunQueued).Run!;
        Assert.Equal(First, viewer.FindRun(run)!.Text);
        printed.SetResult();

        Assert.Equal($"{First}{Second}\nCost: 0.002735\n", await program.EndsAsync());
        var ended = await viewer.EndOfAsync(run);
        Assert.Equal((EventTypes.Done, First + Second), (ended.State, ended.Text));
        Assert.Equal("sk-upstream", Assert.Single(upstream.Requests).Headers["x-api-key"]);
    }

    [Fact]
    public async Task Program_Runs_On_The_Simulator_As_Well()
    {
        await PythonProgram.SkipWhereItIsMissingAsync();
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);

        using var program = new PythonProgram("stream_agent.py", hub.Address.ToString().TrimEnd('/'), room.Token!);
        var printed = await program.EndsAsync();

        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Done);
        var run = viewer.FindRun(viewer.Events.Single(e => e.Type == EventTypes.Done).Run!)!;
        Assert.StartsWith(run.Text!, printed, StringComparison.Ordinal);
        Assert.NotEmpty(run.Text!);
    }

    private static string Chunk(string content) =>
        $"event: chunk\ndata: {JsonSerializer.Serialize(new { content, timestamp = "2026-02-05T00:58:15Z" })}\n\n";
}
