namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The newest batches of a room, bounded in bytes: at least the newest one, however large. Not thread-safe: used under the
/// lock of its <see cref="RoomLog"/>.
/// </summary>
internal sealed class RoomTail(int maxBytes)
{
    private readonly List<CommittedBatch> _batches = [];
    private int _start;
    private long _bytes;

    public void Add(CommittedBatch batch)
    {
        _batches.Add(batch);
        _bytes += batch.Frame.Length;
        while (_bytes > maxBytes && _start < _batches.Count - 1)
        {
            _bytes -= _batches[_start].Frame.Length;
            _batches[_start++] = null!;
        }

        // Moving the rest to the front at half waste costs each batch one move in all.
        if (_start > 16 && _start > _batches.Count / 2)
        {
            _batches.RemoveRange(0, _start);
            _start = 0;
        }
    }

    /// <summary>The batches right after a position; null where the position is no border between batches of the tail.</summary>
    public IReadOnlyList<CommittedBatch>? Read(long after)
    {
        var index = Find(after + 1);
        if (index < 0)
            return null;

        var end = index;
        var bytes = 0L;
        do
            bytes += _batches[end++].Frame.Length;
        while (end < _batches.Count && bytes + _batches[end].Frame.Length <= CommittedBatch.MaxBytes);

        return end - index == 1 ? [_batches[index]] : _batches.GetRange(index, end - index);
    }

    /// <summary>The link of an event of the tail; null for any other.</summary>
    public EventLink? FindLink(long sequence)
    {
        // The last batch that begins at or before it.
        var (low, high) = (_start, _batches.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_batches[middle].FirstSequence <= sequence)
                low = middle;
            else
                high = middle - 1;
        }

        return low <= high && _batches[low] is var batch && sequence >= batch.FirstSequence && sequence <= batch.LastSequence
            ? batch.Events[(int)(sequence - batch.FirstSequence)].Position.Link
            : null;
    }

    public void Clear()
    {
        _batches.Clear();
        (_start, _bytes) = (0, 0);
    }

    private int Find(long firstSequence)
    {
        // Nearly every viewer is live: it asks for the newest batch.
        var last = _batches.Count - 1;
        if (last >= _start && _batches[last].FirstSequence == firstSequence)
            return last;

        var (low, high) = (_start, last);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var sequence = _batches[middle].FirstSequence;
            if (sequence == firstSequence)
                return middle;

            if (sequence < firstSequence)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}
