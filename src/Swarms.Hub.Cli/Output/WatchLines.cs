using System.Globalization;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Prints a room as lines, for files and pipes: one for each event, and each line of a run's text with its agent's name.</summary>
internal sealed class WatchLines(CommandContext context, RoomClient room)
{
    private readonly Dictionary<string, GrowingText> _texts = [];
    private readonly Dictionary<string, string> _unfinishedLines = [];
    // Also of those whom the state has forgotten, because their leaving names them.
    private readonly Dictionary<string, string> _names = [];

    public async Task PrintAsync(CancellationToken cancellationToken)
    {
        await foreach (var update in room.WatchAsync(cancellationToken))
        {
            switch (update)
            {
                case SnapshotUpdate snapshot:
                    Print(snapshot);
                    break;
                case EventsUpdate { Events: var events }:
                    foreach (var roomEvent in events)
                        Print(roomEvent);
                    break;
                case StorageUpdate { IsAvailable: var isAvailable }:
                    context.Note(isAvailable
                        ? "The hub's disk takes writes again."
                        : "The hub's disk takes no writes at the moment; nothing is lost.");
                    break;
                // An end is the command's own last word.
                case ConnectionStateUpdate change when change.ConnectionState != ConnectionState.Ended:
                    context.Note(ConnectionWords.Of(change.ConnectionState) + (change.Error is { } error ? $": {error.Message}" : ""));
                    break;
            }
        }
    }

    private void Print(SnapshotUpdate snapshot)
    {
        var state = snapshot.State;
        foreach (var member in state.Members)
            _names[member.Id] = member.Name;

        WriteLine($"room {state.Room.Name}: {string.Join(", ", state.Members.Select(member => $"{member.Name} ({member.Role})"))}");
        foreach (var run in state.Runs.Where(run => !RunStates.HasEnded(run.State) || _texts.ContainsKey(run.Id)))
        {
            var (piece, isAnother) = TextOf(run.Id).Become(RunSummary.Shown(run));
            if (isAnother)
                WriteLine($"{RunSummary.Title(run)}: again, from the beginning");

            PrintText(run, piece);
        }
    }

    private void Print(RoomEvent roomEvent)
    {
        var state = room.State!;
        var data = roomEvent.Data;
        Learn(roomEvent);
        var who = NameOf(roomEvent.By) ?? "somebody";
        if (state.FindRun(roomEvent.Run) is { } run)
        {
            Print(roomEvent, run, who);
            return;
        }

        var line = TalkWords.Of(roomEvent, who, NameOf) ?? RaceWords.Of(roomEvent, who, state) ?? roomEvent.Type switch
        {
            EventTypes.MemberJoined => $"{MemberPayload.Read(data).Member.Name} joins",
            EventTypes.MemberLeft => $"{NameOf(MemberLeftPayload.Read(data).Member.Id) ?? "somebody"} leaves",
            EventTypes.RoomChanged => RoomLine(state.Room),
            EventTypes.AgentChanged => $"{who} sets the agent {AgentPayload.Read(data).Agent.Name}",
            EventTypes.BudgetWarned => MoneyWords.Warning(BudgetWarnedPayload.Read(data), NameOf),
            EventTypes.AgentRemoved => $"{who} removes the agent {AgentRemovedPayload.Read(data).Agent.Id}",
            _ => null,
        };
        if (line is not null)
            WriteLine($"{Time(roomEvent.At)} {line}");
    }

    private void Print(RoomEvent roomEvent, Run run, string who)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.RunProposed:
                WriteLine($"{Time(roomEvent.At)} {who} proposes {RunSummary.Title(run)} {run.Id}: {TaskOf(run)}");
                break;
            case EventTypes.RunSupported:
                WriteLine($"{Time(roomEvent.At)} {who} supports {run.Id}");
                break;
            case EventTypes.RunUnsupported:
                WriteLine($"{Time(roomEvent.At)} {who} no longer supports {run.Id}");
                break;
            case EventTypes.RunApproved:
                WriteLine($"{Time(roomEvent.At)} {who} approves {run.Id}");
                break;
            case EventTypes.RunQueued when run.ApprovedBy is not null:
                WriteLine($"{Time(roomEvent.At)} {RunSummary.Title(run)} is asked: {TaskOf(run)}");
                break;
            case EventTypes.RunQueued:
                WriteLine($"{Time(roomEvent.At)} {who} asks {RunSummary.Title(run)}: {TaskOf(run)}");
                break;
            case EventTypes.RunWaiting:
                WriteLine($"{Time(roomEvent.At)} {RunSummary.Title(run)}: {RunSummary.State(run)}");
                break;
            case EventTypes.Chunk:
                PrintText(run, TextOf(run.Id).Append(ChunkPayload.Read(roomEvent.Data).Content));
                break;
            case EventTypes.Masked:
                PrintText(run, TextOf(run.Id).Append(RunSummary.Masked(MaskedPayload.Read(roomEvent.Data).Length)));
                break;
            case var type when EventTypes.IsEnding(type):
                if (_unfinishedLines.Remove(run.Id, out var rest) && rest.Length > 0)
                    WriteLine($"{RunSummary.Title(run)}| {rest}");

                _texts.Remove(run.Id);
                var end = RunSummary.Line(RunSummary.State(run, NameOf), RunSummary.Usage(run));
                WriteLine($"{Time(roomEvent.At)} {RunSummary.Title(run)}: {end}");
                break;
        }
    }

    private static string RoomLine(Room room)
    {
        var settings = room.Settings ?? RoomSettings.Initial;
        string?[] words =
        [
            settings.Locked ? "locked" : null,
            settings.Moderated ? "moderated" : null,
            settings.AgentsOnly ? "room agents only" : null,
            settings.ViewersMayTalk ? null : "viewers only watch",
            settings.Archived ? "archived" : null,
            settings.Budget is null ? null : "under a budget",
            settings.HoldBack is null ? null : "holding texts back",
        ];
        var state = string.Join(", ", words.OfType<string>());
        return $"the room is called {room.Name} now{(state.Length > 0 ? $"; it is {state}" : "")}";
    }

    /// <summary>Whole lines only, because several runs share the output.</summary>
    private void PrintText(Run run, string piece)
    {
        var lines = (_unfinishedLines.GetValueOrDefault(run.Id, "") + piece).Split('\n');
        foreach (var line in lines[..^1])
            WriteLine($"{RunSummary.Title(run)}| {line}");

        _unfinishedLines[run.Id] = lines[^1];
    }

    private void Learn(RoomEvent roomEvent)
    {
        if (roomEvent.Type is EventTypes.MemberJoined or EventTypes.MemberChanged)
        {
            var member = MemberPayload.Read(roomEvent.Data).Member;
            _names[member.Id] = member.Name;
        }
    }

    private string? NameOf(string? id) => id is null ? null : _names.GetValueOrDefault(id) ?? room.State?.FindName(id);

    private string TaskOf(Run run) => RunSummary.Task(run, room.State?.FindMessage(run.Message));

    private GrowingText TextOf(string runId) =>
        _texts.TryGetValue(runId, out var text) ? text : _texts[runId] = new GrowingText();

    private void WriteLine(string text) => context.Out.WriteLine(PrintableText.Indented(text));

    private static string Time(DateTimeOffset at) => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
