using System.Globalization;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Prints one run's text to standard output while it grows, and notes on it to standard error.</summary>
internal sealed class RunFollower(CommandContext context, RoomClient room, string runId, bool isEmbed = false)
{
    private readonly GrowingText _text = new();
    private bool _isLost;
    private bool _isMending;

    /// <summary>Follows the run to its end and returns it.</summary>
    public async Task<Run> FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var update in room.WatchAsync(cancellationToken))
        {
            var ended = update switch
            {
                SnapshotUpdate snapshot => await TakeAsync(snapshot.State, cancellationToken),
                EventsUpdate { Events: var events } => Take(events),
                _ => null,
            };
            if (update is ConnectionStateUpdate change)
                Tell(change.ConnectionState);

            if (ended is not null && !IsToBeMended())
                return ended;
        }

        throw new CommandException("The room ended before the run did.");
    }

    private async Task<Run?> TakeAsync(RoomSnapshot state, CancellationToken cancellationToken)
    {
        var run = state.FindRun(runId);
        // A snapshot leaves out old runs and long texts, but that of an embed has its run whole.
        if (run is null || (run.Text is null && !isEmbed))
            run = await room.GetRunAsync(runId, cancellationToken);

        var (piece, isAnother) = _text.Become(RunSummary.Shown(run));
        if (isAnother)
            context.Note("\nThe text so far is not what the hub has stored. Again, from the beginning:");

        Print(piece);
        return RunStates.HasEnded(run.State) ? run : null;
    }

    private Run? Take(IReadOnlyList<RoomEvent> events)
    {
        foreach (var roomEvent in events.Where(roomEvent => roomEvent.Run == runId || roomEvent.Type == EventTypes.BudgetWarned))
        {
            if (roomEvent.Type == EventTypes.BudgetWarned)
                context.Note($"\n{MoneyWords.Warning(BudgetWarnedPayload.Read(roomEvent.Data), id => room.State?.FindName(id))}");
            else if (roomEvent.Type == EventTypes.Chunk)
                Print(_text.Append(ChunkPayload.Read(roomEvent.Data).Content));
            else if (roomEvent.Type == EventTypes.Masked)
                Print(_text.Append(RunSummary.Masked(MaskedPayload.Read(roomEvent.Data).Length)));
            else if (roomEvent.Type == EventTypes.RunMoved)
                context.Note($"number {RunMovedPayload.Read(roomEvent.Data).Position} in the queue");
            else if (roomEvent.Type == EventTypes.RunWaiting && RunWaitingPayload.Read(roomEvent.Data).Until is { } until)
                context.Note(string.Create(CultureInfo.InvariantCulture, $"waits for the rate limit until {until:HH:mm:ss}"));
            else if (EventTypes.IsEnding(roomEvent.Type))
                return room.State!.FindRun(runId);
        }

        return null;
    }

    /// <summary>The client asks for a snapshot by itself, once, and this snapshot is the last word.</summary>
    private bool IsToBeMended()
    {
        if (room.IsVerified(runId) != false || _isMending)
            return false;

        return _isMending = true;
    }

    private void Tell(ConnectionState state)
    {
        var isLost = state is ConnectionState.Reconnecting or ConnectionState.Offline || (_isLost && state == ConnectionState.CatchingUp);
        if (isLost != _isLost)
            context.Note(isLost ? "\nThe connection was lost; trying again." : "Connected again.");

        _isLost = isLost;
    }

    private void Print(string piece)
    {
        context.Out.Write(context.IsTerminal ? PrintableText.Of(piece) : piece);
        context.Out.Flush();
    }
}
