namespace Swarms.Hub.Presence;

/// <summary>
/// A member who watches a room, by any number of connections; by none while the last one's loss may be a cut. Used under the lock of
/// <see cref="RoomViewers"/>.
/// </summary>
internal sealed class PresentMember
{
    public List<IViewerProgress> Viewers { get; } = [];

    /// <summary>The last viewer that ended, so that the events which a cut member misses are counted.</summary>
    public IViewerProgress? LastViewer { get; set; }

    /// <summary>The end of its last connection; null while it has one.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>Ends the member's presence; null while it has a connection.</summary>
    public ITimer? Leaving { get; set; }

    /// <summary>True if others are told of it by name.</summary>
    public bool IsNamed { get; set; }

    /// <summary>The connections that others were told of; 0 before.</summary>
    public int Told { get; set; }

    /// <summary>The connections to tell. A cut is not told: it is over, or the member leaves.</summary>
    public int Connections => Math.Max(1, Viewers.Count);

    /// <summary>The events that its best viewer has yet to be given.</summary>
    public long EventsBehind =>
        Viewers.Count > 0 ? Viewers.Min(viewer => viewer.EventsBehind) : LastViewer?.EventsBehind ?? 0;
}
