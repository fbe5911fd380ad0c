using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The console on a real terminal: its signals, its size, its two screens.</summary>
public sealed class ConsoleTerminalTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string[] Room => ["--hub", _hub.Address.GetLeftPart(UriPartial.Authority), "--room", "room1", "--token", "t"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TerminalProcess.Missing is not null, TerminalProcess.Missing ?? "");
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

    [Fact]
    public async Task Idle_Room_Is_Drawn_Anew_When_The_Terminal_Is_Resized()
    {
        await using var terminal = new TerminalProcess(_user, width: 80, height: 12, ["watch", .. Room]);
        await ShowAsync(terminal, "The last words");
        await using var other = new TerminalProcess(_user, width: 60, height: 8, ["watch", .. Room]);
        var expected = await ShowAsync(other, "The last words");

        await terminal.ResizeAsync(60, 8);

        Assert.Equal(expected, await terminal.ShowsAsync(lines => lines.SequenceEqual(expected)));
        Assert.Equal(8, expected.Count);
        Assert.Equal(("╭", "│", "╰"), (expected[1][..1], expected[2][..1], expected[^3][..1]));
        Assert.Equal(["╮", "│", "╯"], new[] { expected[1], expected[2], expected[^3] }.Select(line => line[59..]));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(50)]
    [InlineData(80)]
    public async Task Message_Without_Spaces_Is_Shown_Whole(int width)
    {
        const string Text =
            "日本語のとても長いメッセージです。絵文字👨‍👩‍👧も❤️も、https://example.com/a-very-long-link-without-an-end?q=e\u0301 も失われません。";
        await using var terminal = new TerminalProcess(_user, width, height: 24, ["watch", .. Room]);
        (await _hub.NextViewerAsync()).Send(Snapshot(2), Events(Event(3, EventTypes.Message, new { text = Text })));

        var lines = await terminal.ShowsAsync(lines => lines.Any(line => line.EndsWith("れません。", StringComparison.Ordinal)));

        var from = lines.SkipWhile(line => !line.StartsWith("#3 Ada: ", StringComparison.Ordinal));
        var message = from.TakeWhile(line => line.Length > 0).ToList();
        Assert.Equal(Text.Replace(" ", ""), string.Concat(message)["#3 Ada: ".Length..].Replace(" ", ""));
        Assert.All(message.Skip(1), line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaving_Gives_The_Terminal_Back_With_The_Last_Picture()
    {
        await using var terminal = new TerminalProcess(_user, width: 60, height: 30, ["watch", .. Room]);
        await ShowAsync(terminal, "The last words");
        Assert.True(terminal.IsAlternate);

        await terminal.TypeAsync("\u0003");
        var (code, lines) = await terminal.EndAsync();

        Assert.Equal(0, code);
        Assert.False(terminal.IsAlternate);
        Assert.True(terminal.IsCursorVisible);
        Assert.Contains(lines, line => line.Contains("The last words", StringComparison.Ordinal));
        Assert.Contains("Teacher (m) · queued", lines);
    }

    [Fact]
    public async Task Ctrl_Z_Where_No_Shell_Could_Resume_Draws_On()
    {
        await using var terminal = new TerminalProcess(_user, width: 60, height: 12, ["watch", .. Room]);
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "Before")));
        await terminal.ShowsAsync(lines => lines.Any(line => line.Contains("Before", StringComparison.Ordinal)));

        await terminal.TypeAsync("\u001a");
        viewer.Send(Events(Chunk(5, " and after")));

        await terminal.ShowsAsync(lines => lines.Any(line => line.Contains("Before and after", StringComparison.Ordinal)));
        Assert.True(terminal.IsAlternate);
    }

    [Theory]
    [InlineData("hangup", ExitCodes.HungUp)]
    [InlineData("\u0003", ExitCodes.Interrupted)]
    public async Task Leaving_Cancels_The_Run_With_Cancel_On_Exit(string how, int code)
    {
        await using var terminal = new TerminalProcess(_user, width: 60, height: 12, ["run", "Explain", "--cancel-on-exit", .. Room]);
        (await _hub.NextViewerAsync()).Send(Snapshot(4, runs: Running("Half")));
        await terminal.ShowsAsync(lines => lines.Contains("Half"));

        await (how == "hangup" ? terminal.HangUpAsync() : terminal.TypeAsync(how));

        Assert.Equal(code, (await terminal.EndAsync()).Code);
        Assert.Contains(_hub.Calls, call => call.Call.EndsWith("/runs/r1/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closed_Terminal_Leaves_The_Run_Alone_Without_Cancel_On_Exit()
    {
        await using var terminal = new TerminalProcess(_user, width: 60, height: 12, ["run", "Explain", .. Room]);
        var viewer = await _hub.NextViewerAsync();
        viewer.Send(Snapshot(4, runs: Running("Half")));
        await terminal.ShowsAsync(lines => lines.Contains("Half"));

        await terminal.HangUpAsync();

        Assert.Equal(ExitCodes.HungUp, (await terminal.EndAsync()).Code);
        await viewer.Ended;
        Assert.DoesNotContain(_hub.Calls, call => call.Call.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminal_That_Cannot_Be_Drawn_On_Is_Given_Lines()
    {
        _user.Environment["TERM"] = "dumb";
        await using var terminal = new TerminalProcess(_user, width: 60, height: 12, ["watch", .. Room]);
        (await _hub.NextViewerAsync()).Send(Snapshot(2), Events(Event(3, EventTypes.Message, new { text = "Hello \u001b[2J" })));

        await terminal.ShowsAsync(lines => lines.Contains("12:00:03 #3 Ada: Hello [2J"));
        Assert.False(terminal.IsAlternate);
    }

    private static Run Running(string text) => DoneRun("") with { State = RunStates.Running, Text = text, Sha256 = null, Bytes = null };

    /// <summary>A picture is drawn from its first line to its last, a message.</summary>
    private async Task<IReadOnlyList<string>> ShowAsync(TerminalProcess terminal, string text)
    {
        (await _hub.NextViewerAsync()).Send(Snapshot(2), Events(Queued(3), Chunk(4, text), Said(5)));
        return await terminal.ShowsAsync(lines =>
            lines[0].StartsWith("Biology · Live", StringComparison.Ordinal) && lines.Contains("#5 Ada: message 5"));
    }
}
