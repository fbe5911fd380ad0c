using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>How one member follows the room.</summary>
public sealed record MemberWatching
{
    /// <summary>The member's id.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="WatchingStates"/>.</summary>
    [OneOf(typeof(WatchingStates))]
    public required string State { get; init; }

    /// <summary>The number of events that it has yet to be given; null unless it is behind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Behind { get; init; }

    /// <summary>The end of its last connection, in UTC with milliseconds; null unless it is gone, or if it never watched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }
}
