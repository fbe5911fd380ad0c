using System.Text.Json.Serialization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>A room as it stands after some frame. Immutable: it may be kept and compared. May be read from any thread.</summary>
public sealed record RoomSnapshot
{
    /// <summary>The room itself.</summary>
    public required Room Room { get; init; }

    /// <summary>Those who joined and have not left, in order of joining.</summary>
    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>Those who left and whom a run, a message or a reaction here still names, by time of joining.</summary>
    public IReadOnlyList<FormerMember> FormerMembers { get; init; } = [];

    /// <summary>In order of <c>run.queued</c>: all that have not ended and the last that have; see PROTOCOL.md for the bounds.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>The newest, in sequence order.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>In order of creation.</summary>
    public IReadOnlyList<RoomAgent> Agents { get; init; } = [];

    /// <summary>The groups of its runs, in order of <c>group.started</c>.</summary>
    public IReadOnlyList<RunGroup> Groups { get; init; } = [];

    /// <summary>The room's spending; null before the first run that called the upstream has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomSpending? Spending { get; init; }

    /// <summary>The run with that id; null where the room's state holds none.</summary>
    public Run? FindRun(string? id) => Runs.LastOrDefault(run => run.Id == id);

    /// <summary>The message with that sequence; null where the room's state holds none.</summary>
    public Message? FindMessage(long? sequence) => Messages.LastOrDefault(message => message.Sequence == sequence);

    /// <summary>The member with that id; null where none is in the room.</summary>
    public Member? FindMember(string? id) => Members.FirstOrDefault(member => member.Id == id);

    /// <summary>The room's agent with that id; null where it has none.</summary>
    public RoomAgent? FindAgent(string? id) => Agents.FirstOrDefault(agent => agent.Id == id);

    /// <summary>The group with that id; null where the room's state has none.</summary>
    public RunGroup? FindGroup(string? id) => Groups.FirstOrDefault(group => group.Id == id);

    /// <summary>The name of the present or former member with that id; null where the room's state has none.</summary>
    public string? FindName(string? id) => FindMember(id)?.Name ?? FormerMembers.FirstOrDefault(former => former.Id == id)?.Name;

    internal static RoomSnapshot Of(RoomFrame frame) => new()
    {
        Room = frame.Room!,
        Members = frame.Members ?? [],
        FormerMembers = frame.FormerMembers ?? [],
        Runs = frame.Runs ?? [],
        Messages = frame.Messages ?? [],
        Agents = frame.Agents ?? [],
        Groups = frame.Groups ?? [],
        Spending = frame.Spending,
    };
}
