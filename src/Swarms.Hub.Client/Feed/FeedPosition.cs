using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>How far the log was queued for one program, and so what may come next. Called by the feed's loop only.</summary>
/// <param name="isOfEmbed">True in the feed of an embed, which leaves events of others out: sequences only grow.</param>
internal sealed class FeedPosition(bool isOfEmbed = false)
{
    private long? _lastSequence;
    private long? _head;

    /// <summary>The cursor to resume with; null: ask for a snapshot.</summary>
    public string? Cursor { get; private set; }

    /// <summary>All that was missed is queued; also where that is not known, because the hub did not say what its head was.</summary>
    public bool IsCaughtUp => !(_lastSequence < _head);

    /// <summary>The next stream begins with a snapshot.</summary>
    public void Forget() => Cursor = null;

    /// <summary>Moves to the frame's cursor; false, and moves nothing, where it does not continue what was queued before.</summary>
    public bool MoveTo(RoomFrame frame, bool isFirst)
    {
        switch (frame.Kind)
        {
            case FrameKinds.Snapshot when frame.Room is not null:
                _lastSequence = RoomCursor.TryParse(frame.Cursor, out var cursor) ? cursor.Sequence : null;
                _head = null;
                break;
            case FrameKinds.Resumed when isFirst && frame.Cursor == Cursor:
                _head = frame.Head;
                break;
            case FrameKinds.Events when !isFirst && frame.Events is { Count: > 0 } events && AreNext(events):
                _lastSequence = events[^1].Sequence;
                break;
            default:
                return false;
        }

        Cursor = frame.Cursor;
        return true;
    }

    private bool AreNext(IReadOnlyList<RoomEvent> events)
    {
        if (isOfEmbed)
            return AreLater(events);

        var next = _lastSequence + 1 ?? events[0].Sequence;
        foreach (var roomEvent in events)
        {
            if (roomEvent.Sequence != next++)
                return false;
        }

        return true;
    }

    private bool AreLater(IReadOnlyList<RoomEvent> events)
    {
        var last = _lastSequence ?? 0;
        foreach (var roomEvent in events)
        {
            if (roomEvent.Sequence <= last)
                return false;

            last = roomEvent.Sequence;
        }

        return true;
    }
}
