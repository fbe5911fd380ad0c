using Microsoft.AspNetCore.Http;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The console in front of a pipe that nobody reads any more, as behind <c>| head</c>.</summary>
public sealed class ClosedOutputTests : IAsyncLifetime
{
    // The pipe is the shell's own: nothing that another test starts at this moment can hold its other end.
    private const string NobodyReads = "exec 3> >(exit 0); wait $!; exec \"$@\"";

    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string Hub => _hub.Address.GetLeftPart(UriPartial.Authority);

    private string[] Room => ["--hub", Hub, "--room", "room1", "--token", "t"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGPIPE for other tools to follow.");
        _hub = await FakeHub.StartAsync();
        _hub.Answer("POST /api/rooms", new RoomAdmission { Room = Frames.Room, Member = Ada, Token = "token1" }, 201);
        _hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = DoneRun("") with { State = RunStates.Queued } }, 202);
        _hub.Answer("POST /api/rooms/room1/runs/r1/cancel", DoneRun("") with { State = EventTypes.Cancelled, Reason = "requested" });
        _hub.Answer("GET /api/rooms/room1/runs", new RunPage { Runs = [DoneRun("")] });
        _hub.Answer("GET /api/rooms/room1/transcript", context => context.Response.WriteAsync("# Biology"));
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Watch_Ends_At_The_First_Line_That_Nobody_Takes()
    {
        await using var console = new ConsoleProcess(_user, ["watch", .. Room]);
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Said(3)));
        Assert.Equal("room Biology: Ada (host)", await console.ReadLineAsync());
        Assert.Equal("12:00:03 #3 Ada: message 3", await console.ReadLineAsync());

        console.Output.Close();

        Assert.Equal(ExitCodes.OutputClosed, await SendUntilEndAsync(console, viewer, from: 4, Said));
        await viewer.Ended;
        Assert.Equal("Catching up\nLive\n", await console.Error.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Ends_At_The_First_Piece_That_Nobody_Takes_And_Is_Cancelled_Only_If_Told_So(bool cancelOnExit)
    {
        string[] arguments = ["run", "Explain", .. Room];
        await using var console = new ConsoleProcess(_user, cancelOnExit ? [.. arguments, "--cancel-on-exit"] : arguments);
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(4, runs: Running("Half")));
        Assert.Equal("Half", await console.ReadAsync(4));

        console.Output.Close();

        Assert.Equal(ExitCodes.OutputClosed, await SendUntilEndAsync(console, viewer, from: 5, sequence => Chunk(sequence, "more")));
        Assert.Equal(cancelOnExit, _hub.Calls.Any(call => call.Call.EndsWith("/cancel", StringComparison.Ordinal)));
        Assert.Equal("run r1: queued\n", await console.Error.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("run", "--help")]
    [InlineData("create", "Biology")]
    [InlineData("runs")]
    [InlineData("transcript")]
    [InlineData("run", "Explain", "--detach")]
    public async Task Every_Command_Ends_Quietly(params string[] arguments)
    {
        if (arguments[0] is "runs" or "transcript" or "run")
            arguments = [.. arguments, .. Room];

        _user.Environment["SWARMS_HUB_URL"] = Hub;
        await using var console = new ConsoleProcess(_user, ["bash", "-c", $"{NobodyReads} >&3", "bash"], arguments);

        Assert.Equal(ExitCodes.OutputClosed, await console.ExitAsync());
        Assert.Equal("", await console.Error.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Room_Whose_Token_Nobody_Reads_Is_Saved_All_The_Same()
    {
        string[] launcher = ["bash", "-c", $"{NobodyReads} >&3", "bash"];
        await using var console = new ConsoleProcess(_user, launcher, "create", "Biology", "--hub", Hub);
        Assert.Equal(ExitCodes.OutputClosed, await console.ExitAsync());

        Assert.Equal(new SavedSession(Hub, "room1", "token1"), new SavedSessions(_user.SettingsFolder).Find(null, null));
    }

    [Fact]
    public async Task Notes_That_Nobody_Takes_End_The_Command_Too()
    {
        await using var console = new ConsoleProcess(_user, ["bash", "-c", $"{NobodyReads} 2>&3", "bash"], ["watch", .. Room]);

        Assert.Equal(ExitCodes.OutputClosed, await console.ExitAsync());
    }

    [Fact]
    public async Task Output_That_Cannot_Be_Written_For_Another_Reason_Is_Told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The system has no /dev/full.");
        await using var console = new ConsoleProcess(_user, ["sh", "-c", "exec \"$@\" > /dev/full", "sh"], ["runs", .. Room]);

        var result = await console.EndAsync();

        Assert.Equal((ExitCodes.Failed, "", "No space left on device\n"), (result.Code, result.Output, result.Error));
    }

    /// <summary>Two writers of one file must not write over each other, as two positions in it would.</summary>
    [Fact]
    public async Task Output_And_Notes_In_One_File_Stay_In_Order()
    {
        var file = Path.Combine(_user.ConfigurationFolder, "both");
        const string Script = "{ echo before; \"$@\"; echo after; } > \"$XDG_CONFIG_HOME/both\" 2>&1";
        await using var console = new ConsoleProcess(_user, ["sh", "-c", Script, "sh"], ["run", "Explain", .. Room]);
        (await _hub.NextViewerAsync()).Send(Snapshot(4, runs: Running("Leaves\n")), Events(Done(5, "Leaves\n")));
        await console.ExitAsync();

        Assert.Equal(
            "before\nrun r1: queued\nLeaves\ndone · verified: this is the text that everybody saw\nafter\n",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// Sends until the console ends. One event may not be enough: a process that another test starts holds the pipe, too, until it runs
    /// its own program.
    /// </summary>
    private static async Task<int> SendUntilEndAsync(
        ConsoleProcess console, FakeViewer viewer, long from, Func<long, RoomEvent> next)
    {
        var ended = console.ExitAsync();
        for (var sequence = from; !ended.IsCompleted; sequence++)
        {
            viewer.Send(Events(next(sequence)));
            await Task.WhenAny(ended, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        return await ended;
    }

    private static Run Running(string text) => DoneRun("") with { State = RunStates.Running, Text = text, Sha256 = null, Bytes = null };
}
