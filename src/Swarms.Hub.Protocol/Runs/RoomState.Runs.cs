namespace Swarms.Hub.Protocol;

/// <content>The runs, and the bounds on them.</content>
public sealed partial class RoomState
{
    /// <summary>The number of ended runs that are kept; open runs are always kept.</summary>
    public const int MaxEndedRuns = 50;

    /// <summary>
    /// The length of ended runs' tasks and texts that is kept, in UTF-16 units, counted from the newest run back. An ended run beyond it
    /// has no text, and a short task.
    /// </summary>
    public const int MaxEndedTextLength = 1_048_576;

    /// <summary>The length of the task of a run whose text is left out, in UTF-16 units.</summary>
    public const int MaxShortTaskLength = 200;

    private readonly List<RunState> _runs = [];

    /// <summary>The runs in order of their first events.</summary>
    public IReadOnlyList<RunState> Runs => _runs;

    /// <summary>The proposals in the order in which they stand.</summary>
    public IReadOnlyList<RunState> Proposals =>
        [.. _runs.Where(run => run.State == RunStates.Proposed).OrderBy(run => run.ToRun().Rank)];

    /// <summary>Returns the run with this id; null if the state has none.</summary>
    public RunState? FindRun(string? id) => id is null ? null : _runs.FindLast(run => run.Id == id);

    private bool TryApplyToRuns(RoomEvent roomEvent)
    {
        if (roomEvent.Type is EventTypes.RunProposed or EventTypes.RunQueued && FindRun(roomEvent.Run) is null)
        {
            _runs.Add(RunState.FromFirst(roomEvent));
            Trim();
            return true;
        }

        if (roomEvent.Type is EventTypes.LaneMasked or EventTypes.LaneReleased)
        {
            ApplyToLane(roomEvent);
            return true;
        }

        if (roomEvent.Type is EventTypes.RunHidden or EventTypes.RunShown or EventTypes.RunRemoved)
        {
            HideOrRemove(roomEvent);
            return true;
        }

        if (roomEvent.Run is null)
            return false;

        FindRun(roomEvent.Run)?.Apply(roomEvent);
        if (EventTypes.IsEnding(roomEvent.Type))
            Trim();

        return true;
    }

    // A lane has one run.
    private void ApplyToLane(RoomEvent roomEvent)
    {
        if (roomEvent.Type == EventTypes.LaneMasked)
            _runs.LastOrDefault()?.MaskInLane(LaneMaskedPayload.Read(roomEvent.Data));
        else
            _runs.LastOrDefault()?.ReleaseInLane(LaneReleasedPayload.Read(roomEvent.Data));
    }

    private void HideOrRemove(RoomEvent roomEvent)
    {
        FindRun(RunHiddenPayload.Read(roomEvent.Data).Run)?.Apply(roomEvent);
        // A viewer that never saw the removed text learns its length only now.
        if (roomEvent.Type == EventTypes.RunRemoved)
            Trim();

        ForgetUnnamed();
    }

    private void Trim()
    {
        var ended = 0;
        var length = 0L;
        var isFull = false;
        var isForgotten = false;
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            var run = _runs[i];
            if (!run.HasEnded)
                continue;

            if (++ended > MaxEndedRuns)
            {
                _runs.RemoveAt(i);
                isForgotten = true;
                continue;
            }

            length += run.Length;
            // A dropped text has no length to count, so every older text is dropped too. A removed one still counts.
            isFull |= length > MaxEndedTextLength || !(run.HasText || run.IsRemoved);
            if (isFull)
                isForgotten |= run.DropText();
        }

        if (!isForgotten)
            return;

        ForgetGroups();
        ForgetUnnamed();
    }
}
