using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// One thing that a program that watches a room is handed. Snapshots, resumptions and events come in order, each event once, and after
/// each of them <see cref="RoomClient.State"/> contains it. The rest is not history.
/// </summary>
public abstract record RoomUpdate
{
    private protected RoomUpdate()
    {
    }

    internal static RoomUpdate Of(RoomFrame frame) => frame.Kind switch
    {
        FrameKinds.Snapshot => new SnapshotUpdate(frame.Reason ?? SnapshotReasons.First, RoomSnapshot.Of(frame)),
        FrameKinds.Resumed => new ResumedUpdate(),
        _ => new EventsUpdate(frame.Events!),
    };
}

/// <summary>Replace what you have.</summary>
/// <param name="Reason">One of <see cref="SnapshotReasons"/>.</param>
/// <param name="State">The room as it stands.</param>
public sealed record SnapshotUpdate(string Reason, RoomSnapshot State) : RoomUpdate;

/// <summary>The connection is back, and the next events continue those that you have.</summary>
public sealed record ResumedUpdate : RoomUpdate;

/// <summary>The next events.</summary>
/// <param name="Events">At least one, in sequence order.</param>
public sealed record EventsUpdate(IReadOnlyList<RoomEvent> Events) : RoomUpdate;

/// <summary>The connection changed.</summary>
/// <param name="ConnectionState">The new state.</param>
/// <param name="Error">The reason, where there is one.</param>
public sealed record ConnectionStateUpdate(ConnectionState ConnectionState, HubClientException? Error) : RoomUpdate;

/// <summary>Others came or went.</summary>
/// <param name="Presence">
/// The whole picture, not a difference; a program that is slow to take updates may be handed the newest only.
/// </param>
public sealed record PresenceUpdate(RoomPresence Presence) : RoomUpdate;

/// <summary>
/// Members follow the room otherwise than before. Only hosts are told; <see cref="RoomClient.GetWatchingAsync"/> has the whole.
/// </summary>
/// <param name="Watching">Those who are different.</param>
public sealed record WatchingUpdate(RoomWatching Watching) : RoomUpdate;

/// <summary>
/// The hub's storage stopped or began again to take writes. While it does not, nothing new is shown, and nothing is lost.
/// </summary>
/// <param name="IsAvailable">Whether it takes them.</param>
public sealed record StorageUpdate(bool IsAvailable) : RoomUpdate;

/// <summary>
/// A finished run's text was compared with the digest that its <c>done</c> event states. At the first mismatch of a run a
/// snapshot is asked for; if that does not match either, it is reported again and watching goes on.
/// </summary>
/// <param name="Run">The run with the text that was compared.</param>
/// <param name="Matches">True: this is the text that the hub stored and everybody else saw.</param>
public sealed record DigestUpdate(Run Run, bool Matches) : RoomUpdate;
