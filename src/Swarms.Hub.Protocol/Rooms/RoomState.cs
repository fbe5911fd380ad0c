using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The fold of a room's events: the state that a snapshot shows and a client holds. Server and clients fold by the same rules
/// (PROTOCOL.md, "The state of a room"). Not thread-safe: one loop applies events. Each <see cref="Member"/>, <see cref="Run"/> and
/// <see cref="Message"/> that it returns is immutable.
/// </summary>
public sealed class RoomState
{
    /// <summary>
    /// The version of these rules, which every cursor contains: a viewer that folded by others gets a snapshot. Raise it with any change of
    /// the state's content.
    /// </summary>
    public const byte Version = 1;

    /// <summary>The number of newest messages that are kept.</summary>
    public const int MaxMessages = 200;

    /// <summary>The number of ended runs that are kept; open runs are always kept.</summary>
    public const int MaxEndedRuns = 50;

    /// <summary>The length of ended runs' text that is kept, in UTF-16 units, counted from the newest run back.</summary>
    public const int MaxEndedTextLength = 1_048_576;

    private readonly List<Member> _members = [];
    private readonly List<RunState> _runs = [];
    private readonly List<Message> _messages = [];

    /// <summary>Creates the state of a room before its first event.</summary>
    public RoomState(Room room) => Room = room;

    /// <summary>Creates the state that a snapshot shows.</summary>
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

    /// <summary>The present members in order of joining.</summary>
    public IReadOnlyList<Member> Members => _members;

    /// <summary>The runs in order of <c>run.queued</c>.</summary>
    public IReadOnlyList<RunState> Runs => _runs;

    /// <summary>The newest messages in sequence order.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Returns the run with this id; null if the state has none.</summary>
    public RunState? FindRun(string? id) => id is null ? null : _runs.FindLast(run => run.Id == id);

    /// <summary>Returns the present member with this id; null if there is none.</summary>
    public Member? FindMember(string? id) => id is null ? null : _members.Find(member => member.Id == id);

    /// <summary>Applies the next event. Events come in sequence order, each once; unknown types change nothing.</summary>
    public void Apply(RoomEvent roomEvent)
    {
        ArgumentNullException.ThrowIfNull(roomEvent);
        switch (roomEvent.Type)
        {
            case EventTypes.RunQueued:
                _runs.Add(RunState.FromQueued(roomEvent));
                Trim();
                break;
            case var _ when roomEvent.Run is not null:
                ApplyToRun(roomEvent);
                break;
            case EventTypes.RoomCreated or EventTypes.RoomChanged:
                Room = Room with { Name = roomEvent.Data.GetProperty("name").GetString()! };
                break;
            case EventTypes.MemberJoined:
                _members.Add(MemberIn(roomEvent));
                break;
            case EventTypes.MemberChanged:
                // The event of a changed name or role does not hold the hand.
                var changed = MemberIn(roomEvent);
                Change(changed.Id, before => changed with { HandRaised = before.HandRaised });
                break;
            case EventTypes.MemberLeft:
                _members.RemoveAll(member => member.Id == roomEvent.Data.GetProperty("member").GetProperty("id").GetString());
                break;
            case EventTypes.HandRaised or EventTypes.HandLowered:
                Change(roomEvent.By, member => member with { HandRaised = roomEvent.Type == EventTypes.HandRaised });
                break;
            case EventTypes.Message:
                AddMessage(roomEvent);
                break;
            case EventTypes.Reaction:
                AddReaction(roomEvent);
                break;
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
        Runs = [.. _runs.Select(run => run.ToRun())],
        Messages = [.. _messages],
    };

    private void ApplyToRun(RoomEvent roomEvent)
    {
        FindRun(roomEvent.Run)?.Apply(roomEvent);
        if (EventTypes.IsEnding(roomEvent.Type))
            Trim();
    }

    private static Member MemberIn(RoomEvent roomEvent) =>
        roomEvent.Data.GetProperty("member").Deserialize<Member>(ProtocolJson.Options)!;

    private void Change(string? id, Func<Member, Member> change)
    {
        // A late change does not bring a former member back.
        var index = _members.FindIndex(member => member.Id == id);
        if (index >= 0)
            _members[index] = change(_members[index]);
    }

    private void AddMessage(RoomEvent roomEvent)
    {
        if (_messages.Count == MaxMessages)
            _messages.RemoveAt(0);

        _messages.Add(new Message
        {
            Sequence = roomEvent.Sequence,
            At = roomEvent.At,
            By = roomEvent.By ?? "",
            Text = roomEvent.Data.GetProperty("text").GetString()!,
        });
    }

    private void AddReaction(RoomEvent roomEvent)
    {
        var target = roomEvent.Data.GetProperty("target").GetInt64();
        var emoji = roomEvent.Data.GetProperty("emoji").GetString()!;
        var index = _messages.FindIndex(message => message.Sequence == target);
        if (index < 0 || roomEvent.By is not { } by)
            return;

        var message = _messages[index];
        var reactions = message.Reactions.ToList();
        var reaction = reactions.FindIndex(r => r.Emoji == emoji);
        if (reaction < 0)
            reactions.Add(new MessageReaction { Emoji = emoji, By = [by] });
        else if (!reactions[reaction].By.Contains(by))
            reactions[reaction] = reactions[reaction] with { By = [.. reactions[reaction].By, by] };

        _messages[index] = message with { Reactions = reactions };
    }

    private void Trim()
    {
        var ended = 0;
        var textLength = 0L;
        var isFull = false;
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            var run = _runs[i];
            if (!run.HasEnded)
                continue;

            if (++ended > MaxEndedRuns)
            {
                _runs.RemoveAt(i);
                continue;
            }

            textLength += run.TextLength;
            // A dropped text has no length to count, so every older text is dropped too.
            isFull |= textLength > MaxEndedTextLength || !run.HasText;
            if (isFull)
                run.DropText();
        }
    }
}
