using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>Signals to the console as a process; on a terminal, <see cref="ConsoleTerminalTests"/> sends them as people do.</summary>
public sealed class ExitSignalsTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    private string[] Run => ["run", "Explain", "--cancel-on-exit", "--hub", Hub, "--room", "room1", "--token", "t"];

    private bool IsCancelled => _hub.Calls.Any(call => call.Call.EndsWith("/runs/r1/cancel", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        _hub = await FakeHub.StartAsync();
        _hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = DoneRun("") with { State = RunStates.Queued } }, 202);
        _hub.Answer("POST /api/rooms/room1/runs/r1/cancel", DoneRun("") with { State = EventTypes.Cancelled, Reason = "requested" });
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("HUP", ExitCodes.HungUp)]
    [InlineData("INT", ExitCodes.Interrupted)]
    [InlineData("TERM", ExitCodes.Terminated)]
    public async Task Signal_Cancels_The_Run_With_Cancel_On_Exit(string signal, int code)
    {
        // A test runner may have been started with signals ignored, which is handed down.
        await using var console = new ConsoleProcess(_user, ["env", "--default-signal=HUP,INT,TERM"], Run);
        await StartAsync(console);

        await console.SignalAsync(signal);
        var result = await console.EndAsync();

        Assert.Equal((code, "run r1: queued\n\nrun r1: cancelled (requested)\n"), (result.Code, result.Error));
        Assert.True(IsCancelled);
    }

    /// <summary>As <c>timeout</c> does it: to the process, and to its group.</summary>
    [Fact]
    public async Task Interrupt_That_Comes_Twice_At_Once_Is_One()
    {
        await using var console = new ConsoleProcess(_user, ["env", "--default-signal=INT"], Run);
        await StartAsync(console);

        await Task.WhenAll(console.SignalAsync("INT"), console.SignalAsync("INT"));

        Assert.Equal(ExitCodes.Interrupted, await console.ExitAsync());
        Assert.True(IsCancelled);
    }

    [Fact]
    public async Task Another_Interrupt_Ends_A_Command_That_Does_Not_End()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _hub.Answer("POST /api/rooms/room1/runs/r1/cancel", async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var console = new ConsoleProcess(_user, ["env", "--default-signal=INT"], Run);
        await StartAsync(console);
        await console.SignalAsync("INT");
        await asked.Task.InTime();

        // The console takes those of the first half second for one and the same.
        var ended = console.ExitAsync();
        while (!ended.IsCompleted)
            await console.SignalAsync("INT");

        Assert.Equal(ExitCodes.Interrupted, await ended);
        Assert.Equal("run r1: queued\n", await console.Error.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Closed_Terminal_Is_Ignored_Where_Nohup_Says_So()
    {
        await using var console = new ConsoleProcess(_user, ["env", "--ignore-signal=HUP"], Run);
        var viewer = await StartAsync(console);

        await console.SignalAsync("HUP");
        viewer.Send(Events(Done(5, "Half")));

        Assert.Equal(0, (await console.EndAsync()).Code);
        Assert.False(IsCancelled);
    }

    private async Task<FakeViewer> StartAsync(ConsoleProcess console)
    {
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(4, runs: DoneRun("") with { State = RunStates.Running, Text = "Half", Sha256 = null, Bytes = null }));
        Assert.Equal("Half", await console.ReadAsync(4));
        return viewer;
    }
}
