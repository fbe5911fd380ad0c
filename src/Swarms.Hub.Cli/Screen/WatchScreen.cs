using Spectre.Console;
using Spectre.Console.Rendering;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>
/// Shows a room on a terminal: its runs side by side, its people and messages, its connection. One loop reads the room. Another draws it,
/// at most once each <see cref="Frame"/>, so that a fast run does not drown the terminal.
/// </summary>
internal sealed class WatchScreen(IAnsiConsole console, RoomClient room, TimeProvider timeProvider)
{
    private const int MinPanelWidth = 40;
    private const int MaxPanels = 4;
    private const int MaxMessages = 3;
    private const string Indent = "  ";
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(80);

    private volatile bool _isChanged;
    // The last one; the state has none, and new settings make it void.
    private volatile string? _warning;

    /// <summary>Shows the room until it ends for this member, which throws the hub's refusal, or until the token is cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(ended);
        try
        {
            using (var screen = new AlternateScreen(console))
                await DrawAsync(screen, ended.Token);

            // The last picture stays on the first screen, below what the user had there before.
            console.Write(Draw());
            console.WriteLine();
        }
        finally
        {
            await ended.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    /// <summary>The room as it stands, for a screen of the console's size.</summary>
    public IRenderable Draw()
    {
        var (width, height) = Size();
        if (room.State is not { } state)
            return new ScreenLines([$"{ConnectionWords.Of(room.ConnectionState)} …"]);

        var messages = DrawMessages(state, width, Math.Max(1, height / 3));
        var runs = Shown(state.Runs, Math.Clamp(width / MinPanelWidth, 1, MaxPanels));
        // One line less than there is: many terminals scroll when their last cell is written.
        var bodyHeight = Math.Max(5, height - 2 - messages.Count);
        IRenderable body = runs.Count == 0
            ? new ScreenLines(["No runs yet. 'swarms-hub run TASK' starts one."])
            : new Columns(runs.Select(run => DrawRun(state, run, width / runs.Count, bodyHeight)))
            {
                Padding = new Padding(0),
                Expand = true,
            };
        var header = new ScreenLines([Line(Header(state), width)], new Style(decoration: Decoration.Bold));
        return new Rows(header, body, new ScreenLines(messages));
    }

    private async Task DrawAsync(AlternateScreen screen, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Frame, timeProvider);
        var drawn = (0, 0);
        try
        {
            do
            {
                // The size is cheap to ask for, and shows a resize on every system.
                var size = Size();
                if (!_isChanged && !screen.IsStale && size == drawn)
                    continue;

                _isChanged = false;
                drawn = size;
                screen.Show(Draw());
            }
            while (await timer.WaitForNextTickAsync(ended));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The room ended, or the user leaves.
        }
    }

    private async Task ReadAsync(CancellationTokenSource ended)
    {
        try
        {
            await foreach (var update in room.WatchAsync(ended.Token))
            {
                foreach (var roomEvent in update is EventsUpdate { Events: var events } ? events : [])
                    Learn(roomEvent);

                _isChanged = true;
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private void Learn(RoomEvent roomEvent)
    {
        if (roomEvent.Type == EventTypes.BudgetWarned)
            _warning = MoneyWords.Warning(BudgetWarnedPayload.Read(roomEvent.Data), id => room.State?.FindName(id));
        else if (roomEvent.Type == EventTypes.RoomChanged)
            _warning = null;
    }

    private (int Width, int Height) Size() => (console.Profile.Width, console.Profile.Height);

    /// <summary>The newest messages that fit as a whole. A newest message that is longer than the height is cut.</summary>
    private static List<string> DrawMessages(RoomSnapshot state, int width, int height)
    {
        var lines = new List<string>();
        foreach (var message in state.Messages.Reverse().Take(MaxMessages))
        {
            var text = message.RemovedAt is null ? message.Text : "(removed)";
            var wrapped = Wrap($"#{message.Sequence} {NameOf(state, message.By)}: ", text, width);
            if (lines.Count == 0 && wrapped.Count > height)
                return [.. wrapped[..(height - 1)], CellText.Cut(string.Concat(wrapped[(height - 1)..]), width)];

            if (lines.Count + wrapped.Count > height)
                break;

            lines.InsertRange(0, wrapped);
        }

        return lines;
    }

    /// <summary>Indents all lines but the first, so that nobody's words look like another's message.</summary>
    private static List<string> Wrap(string sender, string text, int width)
    {
        var paragraphs = PrintableText.Of(text.ReplaceLineEndings("\n")).Split('\n');
        return
        [
            .. CellText.Wrap(PrintableText.OfLine(sender) + paragraphs[0], width, Indent),
            .. paragraphs.Skip(1).SelectMany(paragraph => CellText.Wrap(Indent + paragraph, width, Indent)),
        ];
    }

    /// <summary>Runs that go on before runs that ended, the newest of both, in the order in which they were started.</summary>
    private static List<Run> Shown(IReadOnlyList<Run> runs, int count)
    {
        var newestFirst = runs.OrderBy(run => RunStates.HasEnded(run.State)).ThenByDescending(run => run.Id, StringComparer.Ordinal);
        var shown = newestFirst.Take(count).ToHashSet();
        return [.. runs.Where(shown.Contains)];
    }

    private static Panel DrawRun(RoomSnapshot state, Run run, int width, int height)
    {
        var inside = Math.Max(1, width - 4);
        var facts = new[] { RunSummary.State(run, state.FindName), RunSummary.Usage(run) };
        string[] footer = [.. facts.OfType<string>().Select(line => Line(line, inside))];
        var text = PrintableText.Of(RunSummary.Text(run, state.FindMessage(run.Message)));
        var lines = TextTail.Of(text, inside, Math.Max(1, height - 2 - footer.Length));
        return new Panel(new Rows(new ScreenLines(lines), new ScreenLines(footer, new Style(ColorOf(run.State)))))
        {
            Header = new PanelHeader(Markup.Escape(Line(RunSummary.Title(run), inside - 2))),
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(ColorOf(run.State)),
            Width = width,
            Height = height,
        };
    }

    private string Header(RoomSnapshot state)
    {
        var online = room.Presence?.Members.Select(member => member.Id).ToHashSet() ?? [];
        var hands = HandWords.Of(state.Members);
        var people = state.Members.Select(member =>
            $"{(online.Contains(member.Id) ? "●" : "○")} {member.Name}{hands.GetValueOrDefault(member.Id)}");
        return RunSummary.Line(
            state.Room.Name,
            ConnectionWords.Of(room.ConnectionState),
            room.IsStorageAvailable ? null : "the disk of the hub takes no writes",
            _warning,
            $"{room.Presence?.Viewers ?? 0} watching",
            string.Join("  ", people));
    }

    private static string NameOf(RoomSnapshot state, string by) => state.FindName(by) ?? "somebody who left";

    private static string Line(string text, int width) => CellText.Cut(PrintableText.OfLine(text), Math.Max(1, width));

    private static Color ColorOf(string state) => state switch
    {
        RunStates.Queued => Color.Grey,
        RunStates.Running => Color.Blue,
        EventTypes.Done => Color.Green,
        EventTypes.Error => Color.Red,
        _ => Color.Yellow,
    };
}
