using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The fold of a room's events: what a snapshot shows and what a client holds. Server and clients fold by these same rules
/// (PROTOCOL.md, "The state of a room"). Not thread-safe: one loop applies, and what it hands out (<see cref="Members"/>,
/// <see cref="Run"/>, <see cref="Message"/>) is immutable.
/// </summary>
public sealed class RoomState
{
    /// <summary>
    /// The version of these rules, and a part of every cursor: a viewer that folded by others is given a snapshot. Raise it with any
    /// change of what a state holds.
    /// </summary>
    public const byte Version = 1;

    /// <summary>So many of the newest messages are kept.</summary>
    public const int MaxMessages = 200;

    /// <summary>So many ended runs are kept; runs that have not ended always are.</summary>
    public const int MaxEndedRuns = 50;

    /// <summary>So much text of ended runs is kept, in UTF-16 units, counted from the newest back.</summary>
    public const int MaxEndedTextLength = 1_048_576;

    private readonly List<Member> _members = [];
    private readonly List<RunState> _runs = [];
    private readonly List<Message> _messages = [];

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

    /// <summary>Who joined and has not left, in order of joining.</summary>
    public IReadOnlyList<Member> Members => _members;

    /// <summary>In order of <c>run.queued</c>.</summary>
    public IReadOnlyList<RunState> Runs => _runs;

    /// <summary>The newest, in sequence order.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>The run with that id; null where the state holds none.</summary>
    public RunState? FindRun(string? id) => id is null ? null : _runs.FindLast(run => run.Id == id);

    /// <summary>The member with that id; null where none is in the room.</summary>
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
                // A change of name or role says nothing about the hand.
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
        // Somebody who left is not brought back by a change that was on its way.
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
            // A text that is gone has left no length to count, so it closes the account for all that are older.
            isFull |= textLength > MaxEndedTextLength || !run.HasText;
            if (isFull)
                run.DropText();
        }
    }
}
