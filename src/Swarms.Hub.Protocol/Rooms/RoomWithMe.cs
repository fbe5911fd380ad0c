using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A room as <c>GET /api/rooms/{room}</c> shows it: the fields of a snapshot frame, and the caller.</summary>
public sealed record RoomWithMe
{
    /// <summary>Always <see cref="FrameKinds.Snapshot"/>.</summary>
    [OneOf(typeof(FrameKinds))]
    public required string Kind { get; init; }

    /// <summary>Always <see cref="SnapshotReasons.First"/>.</summary>
    [OneOf(typeof(SnapshotReasons))]
    public required string Reason { get; init; }

    /// <summary>The opaque position up to which the room was read; a feed resumes with it.</summary>
    public required string Cursor { get; init; }

    /// <summary>The room itself.</summary>
    public required Room Room { get; init; }

    /// <summary>The present members in order of joining.</summary>
    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>Those who left and whom a run, a message or a reaction names, by time of joining.</summary>
    public required IReadOnlyList<FormerMember> FormerMembers { get; init; }

    /// <summary>The runs in order of <c>run.queued</c>, within the bounds of a snapshot.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>The newest messages in sequence order.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>The agents in order of creation.</summary>
    public required IReadOnlyList<RoomAgent> Agents { get; init; }

    /// <summary>The groups of the runs, in order of <c>group.started</c>.</summary>
    public required IReadOnlyList<RunGroup> Groups { get; init; }

    /// <summary>The spending; null before the first run that called the upstream has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomSpending? Spending { get; init; }

    /// <summary>The caller.</summary>
    public required Member Me { get; init; }

    /// <summary>Creates the answer to one member from a snapshot frame.</summary>
    public static RoomWithMe Of(RoomFrame snapshot, Member me)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new()
        {
            Kind = snapshot.Kind,
            Reason = snapshot.Reason ?? SnapshotReasons.First,
            Cursor = snapshot.Cursor,
            Room = snapshot.Room ?? throw new ArgumentException("A snapshot has a room.", nameof(snapshot)),
            Members = snapshot.Members ?? [],
            FormerMembers = snapshot.FormerMembers ?? [],
            Runs = snapshot.Runs ?? [],
            Messages = snapshot.Messages ?? [],
            Agents = snapshot.Agents ?? [],
            Groups = snapshot.Groups ?? [],
            Spending = snapshot.Spending,
            Me = me,
        };
    }
}
