using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A person or a program in a room.</summary>
public sealed record Member
{
    /// <summary>An opaque, URL-safe id that sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>The name: 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="MemberRoles"/>.</summary>
    [OneOf(typeof(MemberRoles))]
    public required string Role { get; init; }

    /// <summary>The time of joining, in UTC with milliseconds.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>True between <c>hand.raised</c> and <c>hand.lowered</c>.</summary>
    public bool HandRaised { get; init; }

    /// <summary>True for a program whose runs need no approval in a moderated room; left out for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unmoderated { get; init; }

    /// <summary>The time at which the hand was raised, in UTC with milliseconds; null while it is down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? HandRaisedAt { get; init; }
}
