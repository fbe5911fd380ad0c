namespace Swarms.Hub.Protocol;

/// <content>The runs, and how much of them is kept.</content>
public sealed partial class RoomState
{
    /// <summary>So many ended runs are kept; runs that have not ended always are.</summary>
    public const int MaxEndedRuns = 50;

    /// <summary>So much text of ended runs is kept, in UTF-16 units, counted from the newest back.</summary>
    public const int MaxEndedTextLength = 1_048_576;

    private readonly List<RunState> _runs = [];

    /// <summary>In order of <c>run.queued</c>.</summary>
    public IReadOnlyList<RunState> Runs => _runs;

    /// <summary>The run with that id; null where the state holds none.</summary>
    public RunState? FindRun(string? id) => id is null ? null : _runs.FindLast(run => run.Id == id);

    private bool TryApplyToRuns(RoomEvent roomEvent)
    {
        if (roomEvent.Type == EventTypes.RunQueued)
        {
            _runs.Add(RunState.FromQueued(roomEvent));
            Trim();
            return true;
        }

        if (roomEvent.Run is null)
            return false;

        FindRun(roomEvent.Run)?.Apply(roomEvent);
        if (EventTypes.IsEnding(roomEvent.Type))
            Trim();

        return true;
    }

    private void Trim()
    {
        var ended = 0;
        var textLength = 0L;
        var isFull = false;
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            var run = _runs[i];
            if (!run.HasEnded)
                continue;

            if (++ended > MaxEndedRuns)
            {
                _runs.RemoveAt(i);
                continue;
            }

            textLength += run.TextLength;
            // A text that is gone has left no length to count, so it closes the account for all that are older.
            isFull |= textLength > MaxEndedTextLength || !run.HasText;
            if (isFull)
                run.DropText();
        }
    }
}
