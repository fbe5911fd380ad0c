using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>member.joined</c> and <c>member.changed</c>.</summary>
/// <param name="Member">The member from now on. The hand has its own events.</param>
public sealed record MemberPayload(MemberPayload.Card Member)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static MemberPayload Read(JsonElement data)
    {
        var member = data.Object("member");
        var joinedAt = DateTimeOffset.TryParse(member.Text("joinedAt"), CultureInfo.InvariantCulture, out var time) ? time : default;
        var role = member.Text("role") ?? MemberRoles.Viewer;
        var isUnmoderated = member.Flag("unmoderated") ?? false;
        return new MemberPayload(new Card(member.Text("id") ?? "", member.Text("name") ?? "", role, joinedAt, isUnmoderated));
    }

    /// <summary>Creates the payload for the member.</summary>
    public static MemberPayload Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new MemberPayload(new Card(member.Id, member.Name, member.Role, member.JoinedAt, member.Unmoderated));
    }

    /// <summary>Returns the member with the given hand.</summary>
    /// <param name="handRaised">True if the hand is up.</param>
    /// <param name="handRaisedAt">The time at which it was raised; null while it is down.</param>
    public Member ToMember(bool handRaised, DateTimeOffset? handRaisedAt = null) => new()
    {
        Id = Member.Id,
        Name = Member.Name,
        Role = Member.Role,
        JoinedAt = Member.JoinedAt,
        HandRaised = handRaised,
        Unmoderated = Member.Unmoderated,
        HandRaisedAt = handRaisedAt,
    };

    /// <summary>A member as events show it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Role">One of <see cref="MemberRoles"/>.</param>
    /// <param name="JoinedAt">The time at which it joined.</param>
    /// <param name="Unmoderated">True for a program whose runs need no approval in a moderated room; left out for all others.</param>
    public sealed record Card(
        string Id,
        string Name,
        string Role,
        DateTimeOffset JoinedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unmoderated = false);
}
