using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>
/// One room's part in one transaction: its new events, their links and their place. Used by the writer's loop only; <see cref="Publish"/>
/// shows the events once they are stored and wakes the viewers. Next: <see cref="RoomReaders"/>.
/// </summary>
/// <param name="log">The room.</param>
/// <param name="key">Its number in the store.</param>
/// <param name="from">Its stored head before the transaction.</param>
internal sealed class RoomWrite(RoomLog log, long key, LogPosition from)
{
    private readonly List<PendingEvent> _events = [];
    private readonly List<EventLink?> _links = [];
    private readonly List<(PendingCommit Commit, long LastSequence)> _accepted = [];

    // Each with the place of its commit among the accepted ones.
    private readonly List<(int Accepted, ErasedData Erased)> _erased = [];

    // The state at the start of each transaction that tried to store it.
    private readonly List<(LogPosition Head, int Accepted)> _borders = [];
    private readonly HashSet<PendingCommit> _stored = [];
    private RoomSettings? _settings;

    public RoomLog Log { get; } = log;

    public long Key { get; } = key;

    /// <summary>The head after everything appended so far.</summary>
    public LogPosition Head { get; private set; } = from;

    /// <summary>True while the room is not created yet.</summary>
    public bool IsMissing { get; init; }

    /// <summary>True if the transaction deletes the room.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>The room's settings after everything appended so far.</summary>
    public RoomSettings Settings =>
        _settings ??= Log.Query(static state => state.Room.Settings) ?? RoomSettings.Initial;

    /// <summary>True once the transaction is visible.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>True if the transaction erases data of events.</summary>
    public bool HasErased => _erased.Count > 0;

    public IReadOnlyList<PendingEvent> Events => _events;

    /// <summary>The commits of the transaction with their last sequences; they are durable when it is.</summary>
    public IReadOnlyList<(PendingCommit Commit, long LastSequence)> Accepted => _accepted;

    /// <summary>Returns the links that the commit's events would have if it were appended now.</summary>
    public EventLink[] LinksOf(PendingCommit commit)
    {
        var links = new EventLink[commit.Events.Count];
        var (sequence, link) = (Head.Sequence, Head.Link!.Value);
        for (var i = 0; i < links.Length; i++)
            links[i] = link = link.Next(++sequence, commit.Events[i]);

        return links;
    }

    /// <summary>Adds a commit whose rows are in the transaction, and the data that it erased.</summary>
    public void Add(PendingCommit commit, EventLink[] links, IReadOnlyList<ErasedData> erased)
    {
        _erased.AddRange(erased.Select(one => (_accepted.Count, one)));
        _events.AddRange(commit.Events);
        foreach (var link in links)
            _links.Add(link);

        if (links.Length > 0)
            Head = new LogPosition(Head.Sequence + links.Length, links[^1]);

        _accepted.Add((commit, Head.Sequence));
        _settings = commit.Changes.OfType<RoomChange.ChangeRoom>().LastOrDefault()?.After.Settings ?? _settings;
        IsDeleted |= commit.Changes.Any(change => change is RoomChange.DeleteRoom);
    }

    /// <summary>True if an earlier transaction stored the commit and its answer was lost.</summary>
    public bool Has(PendingCommit commit) => _stored.Contains(commit);

    /// <summary>Marks that the transaction is about to be stored; the outcome may remain unknown.</summary>
    public void Try() => _borders.Add((Head, _accepted.Count));

    /// <summary>Returns the part that one of the tried transactions stored, to continue from; null if none fits the stored head.</summary>
    public RoomWrite? FindStored(StoredHead stored)
    {
        if (IsPublished || stored.Key != Key || stored.IsDeleted != IsDeleted)
            return null;

        var border = _borders.FindLastIndex(tried => stored.IsDeleted || tried.Head == stored.Head);
        if (border < 0)
            return null;

        var (head, accepted) = _borders[border];
        var part = new RoomWrite(Log, Key, head) { IsDeleted = IsDeleted };
        foreach (var one in _accepted[..accepted])
        {
            part._accepted.Add(one);
            part._stored.Add(one.Commit);
        }

        var events = part._accepted.Sum(one => one.Commit.Events.Count);
        part._events.AddRange(_events[..events]);
        part._links.AddRange(_links[..events]);
        part._borders.AddRange(_borders[..(border + 1)]);
        part._erased.AddRange(_erased.Where(one => one.Accepted < accepted));
        return part;
    }

    /// <summary>Makes the durable transaction visible.</summary>
    public void Publish()
    {
        IsPublished = true;
        // The store gives no number to a room whose creation was refused.
        if (_accepted.Count > 0)
            Log.Key = Key;

        var first = Head.Sequence - _events.Count + 1;
        // An event of this transaction may be erased by a later one of it, and must not be shown as it was.
        foreach (var (_, erased) in _erased.Where(one => one.Erased.Sequence >= first))
            _events[(int)(erased.Sequence - first)] = _events[(int)(erased.Sequence - first)].Erased(erased.Data);

        long? erasedBytes = HasErased ? _erased.Sum(one => one.Erased.Bytes) : null;
        foreach (var (batch, events) in CommittedBatch.EncodeAll(first, _events, _links))
        {
            Log.Publish(batch, events, erasedBytes);
            erasedBytes = null;
        }

        if (IsDeleted)
            Log.Delete();
    }
}
