namespace Swarms.Hub.Storage.Model;

/// <summary>A present or former member; a former member's events still name it.</summary>
internal sealed class MemberRow
{
    public required string Id { get; set; }

    public long RoomKey { get; set; }

    public required string Name { get; set; }

    /// <summary>The <see cref="Rooms.NameKey.Folded"/> of its name; null once it has left.</summary>
    public string? NameKey { get; set; }

    /// <summary>The <see cref="Rooms.NameKey.Look"/> of its name; null once it has left.</summary>
    public string? NameLook { get; set; }

    public required string Role { get; set; }

    /// <summary>True if its role was lowered, and not raised since. No invite raises it then.</summary>
    public bool IsRoleLowered { get; set; }

    /// <summary>The sequence of <c>member.joined</c>.</summary>
    public long FirstSequence { get; set; }

    public DateTimeOffset JoinedAt { get; set; }

    public bool HasLeft { get; set; }

    public bool HandRaised { get; set; }

    /// <summary>True for a program whose runs need no approval in a moderated room.</summary>
    public bool Unmoderated { get; set; }

    /// <summary>The time at which the hand was raised; null while it is down.</summary>
    public DateTimeOffset? HandRaisedAt { get; set; }

    /// <summary>The invite by which it came; null for the room's creator, for programs, and for a version that did not store it.</summary>
    public string? InviteId { get; set; }

    /// <summary>The host who admitted it, if it is a program; null for people.</summary>
    public string? MadeBy { get; set; }
}
