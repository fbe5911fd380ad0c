using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>A commit whose changes are being applied.</summary>
/// <param name="Context">The tables, in the writer's transaction.</param>
/// <param name="Pending">The commit.</param>
/// <param name="Room">Its room's part in the transaction, before the commit.</param>
internal sealed record AppliedCommit(HubDbContext Context, PendingCommit Pending, RoomWrite Room)
{
    private readonly List<ErasedData> _erased = [];

    public long RoomKey => Room.Key;

    /// <summary>The data of events that the changes erased so far.</summary>
    public IReadOnlyList<ErasedData> Erased => _erased;

    /// <summary>Returns the sequence that the first such event of the commit will get, or without one, its first event.</summary>
    public long SequenceOf(Func<PendingEvent, bool> isIt)
    {
        var index = 0;
        while (index < Pending.Events.Count && !isIt(Pending.Events[index]))
            index++;

        return Room.Head.Sequence + 1 + (index < Pending.Events.Count ? index : 0);
    }

    /// <summary>
    /// Erases an event's data and its key. The digest stays, so that the chain verifies; an event that another program wrote has none, and
    /// gets that of its data.
    /// </summary>
    /// <param name="row">The event. Data that were erased before are replaced.</param>
    /// <param name="key">The key of the data; null if it is missing.</param>
    /// <param name="left">The data that is left.</param>
    public void Erase(EventRow row, byte[]? key, ErasedPayload left)
    {
        var data = ErasedData.Encode(left);
        var before = Encoding.UTF8.GetBytes(row.Data);
        row.Digest ??= key is not null ? new DataKey(key).Digest(before).ToArray() : row.Link is null ? SHA256.HashData(before) : null;
        (row.Data, row.Key) = (Encoding.UTF8.GetString(data), null);
        _erased.Add(new ErasedData(row.Sequence, data, before.Length - data.Length));
    }
}
