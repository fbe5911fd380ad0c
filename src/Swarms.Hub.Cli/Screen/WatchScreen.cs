using Spectre.Console;
using Spectre.Console.Rendering;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>
/// Shows a room on a terminal: its runs side by side, who is there, how the connection is. One loop reads the room, another
/// draws what it then finds, at most <see cref="Frame"/> often, so that a fast run does not drown the terminal.
/// </summary>
internal sealed class WatchScreen(IAnsiConsole console, RoomClient room, TimeProvider timeProvider)
{
    private const int MinPanelWidth = 40;
    private const int MaxPanels = 4;
    private const int MessageLines = 3;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(80);

    private volatile bool _isChanged;

    public Task ShowAsync(CancellationToken cancellationToken) =>
        console.Live(Draw()).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var reading = ReadAsync(ended);
            using var timer = new PeriodicTimer(Frame, timeProvider);
            try
            {
                while (await timer.WaitForNextTickAsync(ended.Token))
                {
                    if (!_isChanged)
                        continue;

                    _isChanged = false;
                    live.UpdateTarget(Draw());
                }
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                live.UpdateTarget(Draw());
            }

            await reading;
        });

    /// <summary>The room as it stands, for a screen of the console's size.</summary>
    public IRenderable Draw()
    {
        var (width, height) = (console.Profile.Width, console.Profile.Height);
        if (room.State is not { } state)
            return new Text($"{ConnectionWords.Of(room.ConnectionState)} …");

        var messages = state.Messages.TakeLast(MessageLines).ToList();
        var runs = Shown(state.Runs, Math.Clamp(width / MinPanelWidth, 1, MaxPanels));
        // One line less than there is, or the terminal scrolls.
        var bodyHeight = Math.Max(5, height - 2 - messages.Count);
        var body = new Columns([.. runs.Select(run => DrawRun(run, width / runs.Count, bodyHeight))]) { Padding = new Padding(0), Expand = true };
        IRenderable middle = runs.Count == 0 ? new Text("No runs yet. 'swarms-hub run TASK' starts one.") : body;
        return new Rows([
            new Text(Line(Header(state), width), new Style(decoration: Decoration.Bold)),
            middle,
            .. messages.Select(message => new Text(Line($"{NameOf(state, message.By)}: {message.Text}", width))),
        ]);
    }

    private async Task ReadAsync(CancellationTokenSource ended)
    {
        try
        {
            await foreach (var update in room.WatchAsync(ended.Token))
                _isChanged = true;
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    /// <summary>Runs that go on before runs that ended, the newest of both, in the order in which they were started.</summary>
    private static List<Run> Shown(IReadOnlyList<Run> runs, int count)
    {
        var shown = runs.OrderBy(run => RunStates.HasEnded(run.State)).ThenByDescending(run => run.Id, StringComparer.Ordinal).Take(count).ToHashSet();
        return [.. runs.Where(shown.Contains)];
    }

    private static Panel DrawRun(Run run, int width, int height)
    {
        var inside = Math.Max(1, width - 4);
        string[] footer = [.. new[] { RunSummary.State(run), RunSummary.Usage(run) }.OfType<string>().Select(line => Line(line, inside))];
        var lines = TextTail.Of(PrintableText.Of(run.Text ?? run.Task), inside, Math.Max(1, height - 2 - footer.Length));
        return new Panel(new Rows(new Text(string.Join('\n', lines)), new Text(string.Join('\n', footer), new Style(ColorOf(run.State)))))
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
        var people = state.Members.Select(member => $"{(online.Contains(member.Id) ? "●" : "○")} {member.Name}{(member.HandRaised ? " ✋" : "")}");
        return $"{state.Room.Name} · {ConnectionWords.Of(room.ConnectionState)}{(room.IsStorageAvailable ? "" : " · the disk of the hub takes no writes")} · {room.Presence?.Viewers ?? 0} watching · {string.Join("  ", people)}";
    }

    private static string NameOf(RoomSnapshot state, string by) => state.FindMember(by)?.Name ?? "somebody who left";

    private static string Line(string text, int width)
    {
        var line = PrintableText.Of(text).ReplaceLineEndings(" ").Replace('\t', ' ');
        return TextTail.Cut(line, width);
    }

    private static Color ColorOf(string state) => state switch
    {
        RunStates.Queued => Color.Grey,
        RunStates.Running => Color.Blue,
        EventTypes.Done => Color.Green,
        EventTypes.Error => Color.Red,
        _ => Color.Yellow,
    };
}
