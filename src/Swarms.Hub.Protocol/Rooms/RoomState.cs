namespace Swarms.Hub.Protocol;

/// <summary>
/// The fold of a room's events: what a snapshot shows and what a client holds. Server and clients fold by these same rules
/// (PROTOCOL.md, "The state of a room"). Not thread-safe: one loop applies, and what it hands out (<see cref="Members"/>,
/// <see cref="Run"/>, <see cref="Message"/>) is immutable.
/// </summary>
public sealed partial class RoomState
{
    /// <summary>
    /// The version of these rules, and a part of every cursor: a viewer that folded by others is given a snapshot. Raise it with any
    /// change of what a state holds.
    /// </summary>
    public const byte Version = 1;

    /// <summary>A room before its first event.</summary>
    public RoomState(Room room) => Room = room;

    /// <summary>A room as a snapshot shows it.</summary>
    public RoomState(RoomFrame snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Room = snapshot.Room ?? throw new ArgumentException("A snapshot has a room.", nameof(snapshot));
        _members.AddRange(snapshot.Members ?? []);
        _runs.AddRange((snapshot.Runs ?? []).Select(run => new RunState(run)));
        _messages.AddRange(snapshot.Messages ?? []);
    }

    /// <summary>The room itself.</summary>
    public Room Room { get; private set; }

    /// <summary>Applies the next event. Events come in sequence order, each once; unknown types change nothing.</summary>
    public void Apply(RoomEvent roomEvent)
    {
        ArgumentNullException.ThrowIfNull(roomEvent);
        if (TryApplyToRuns(roomEvent) || TryApplyToMembers(roomEvent) || TryApplyToMessages(roomEvent))
            return;

        if (roomEvent.Type is EventTypes.RoomCreated or EventTypes.RoomChanged)
            Room = Room with { Name = RoomNamePayload.Read(roomEvent.Data).Name };
    }

    /// <summary>The state as a snapshot frame.</summary>
    public RoomFrame ToSnapshot(string cursor, string reason) => new()
    {
        Kind = FrameKinds.Snapshot,
        Reason = reason,
        Cursor = cursor,
        Room = Room,
        Members = [.. _members],
        Runs = [.. _runs.Select(run => run.ToRun())],
        Messages = [.. _messages],
    };
}
