using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The viewers of a room now. They change too often to be history, so presence is not an event.</summary>
public sealed record RoomPresence
{
    /// <summary>The number of connections that watch.</summary>
    public required int Viewers { get; init; }

    /// <summary>
    /// The members whom these connections belong to; at most 500 are named. In a change, those that are new or different.
    /// </summary>
    public required IReadOnlyList<MemberPresence> Members { get; init; }

    /// <summary>The ids of the members who left, in a change; null in a whole presence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Left { get; init; }

    /// <summary>
    /// Returns the whole presence after what the hub told: that itself if it is whole, otherwise this one with the change. Members keep the
    /// order in which they came.
    /// </summary>
    public RoomPresence Apply(RoomPresence told)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (told.Left is null)
            return told;

        var changed = told.Members.ToDictionary(member => member.Id);
        var kept = Members.Where(member => !told.Left.Contains(member.Id)).Select(member => Take(changed, member)).ToList();
        var added = told.Members.Where(member => changed.ContainsKey(member.Id));
        return new RoomPresence { Viewers = told.Viewers, Members = [.. kept, .. added] };
    }

    private static MemberPresence Take(Dictionary<string, MemberPresence> changed, MemberPresence member) =>
        changed.Remove(member.Id, out var now) ? now : member;
}
