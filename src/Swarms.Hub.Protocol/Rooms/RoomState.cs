namespace Swarms.Hub.Protocol;

/// <summary>
/// The fold of a room's events: the state that a snapshot shows and a client holds. Server and clients fold by the same rules
/// (PROTOCOL.md, "The state of a room"). Not thread-safe: one loop applies events. Each <see cref="Member"/>, <see cref="Run"/>,
/// <see cref="Message"/> and <see cref="RoomAgent"/> that it returns is immutable.
/// </summary>
public sealed partial class RoomState
{
    /// <summary>
    /// The version of these rules, which every cursor contains: a viewer that folded by others gets a snapshot. Raise it with any change of
    /// the state's content.
    /// </summary>
    public const byte Version = 6;

    /// <summary>A room before its first event.</summary>
    public RoomState(Room room) => Room = room;

    /// <summary>Creates the state that a snapshot shows.</summary>
    public RoomState(RoomFrame snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Room = snapshot.Room ?? throw new ArgumentException("A snapshot has a room.", nameof(snapshot));
        _members.AddRange(snapshot.Members ?? []);
        _formerMembers.AddRange(snapshot.FormerMembers ?? []);
        _runs.AddRange((snapshot.Runs ?? []).Select(run => new RunState(run)));
        _messages.AddRange(snapshot.Messages ?? []);
        _messagesLength = _messages.Sum(LengthOf);
        _agents.AddRange(snapshot.Agents ?? []);
        _groups.AddRange(snapshot.Groups ?? []);
        _spent = snapshot.Spending?.Total;
        _memberSpending.AddRange(snapshot.Spending?.Members ?? []);
        _agentSpending.AddRange(snapshot.Spending?.Agents ?? []);
        _modelSpending.AddRange(snapshot.Spending?.Models ?? []);
        Trim();
    }

    /// <summary>The room itself.</summary>
    public Room Room { get; private set; }

    /// <summary>Applies the next event. Events come in sequence order, each once; unknown types change nothing.</summary>
    public void Apply(RoomEvent roomEvent)
    {
        ArgumentNullException.ThrowIfNull(roomEvent);
        if (TryApplyToRuns(roomEvent) || TryApplyToMembers(roomEvent) || TryApplyToMessages(roomEvent)
            || TryApplyToAgents(roomEvent) || TryApplyToMoney(roomEvent) || TryApplyToGroups(roomEvent))
        {
            return;
        }

        if (roomEvent.Type is EventTypes.RoomCreated or EventTypes.RoomChanged)
        {
            var changed = RoomPayload.Read(roomEvent.Data);
            Room = Room with { Name = changed.Name, Settings = changed.Settings ?? Room.Settings };
        }
    }

    /// <summary>Returns the state as a snapshot frame.</summary>
    public RoomFrame ToSnapshot(string cursor, string reason) => new()
    {
        Kind = FrameKinds.Snapshot,
        Reason = reason,
        Cursor = cursor,
        Room = Room,
        Members = [.. _members],
        FormerMembers = [.. _formerMembers],
        Runs = [.. _runs.Select(run => run.ToRun())],
        Messages = [.. _messages],
        Agents = [.. _agents],
        Groups = [.. _groups],
        Spending = Spending,
    };
}
