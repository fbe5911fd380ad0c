using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>member.joined</c> and <c>member.changed</c>.</summary>
/// <param name="Member">The member from then on. The hand has events of its own.</param>
public sealed record MemberPayload(MemberPayload.Card Member)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static MemberPayload Read(JsonElement data)
    {
        var member = data.Object("member");
        var joinedAt = member.Text("joinedAt") is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : default;
        return new MemberPayload(new Card(member.Text("id") ?? "", member.Text("name") ?? "", member.Text("role") ?? MemberRoles.Viewer, joinedAt));
    }

    /// <summary>The payload for that member.</summary>
    public static MemberPayload Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new MemberPayload(new Card(member.Id, member.Name, member.Role, member.JoinedAt));
    }

    /// <summary>The member, with that hand.</summary>
    public Member ToMember(bool handRaised) =>
        new() { Id = Member.Id, Name = Member.Name, Role = Member.Role, JoinedAt = Member.JoinedAt, HandRaised = handRaised };

    /// <summary>A member as events show it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Role">One of <see cref="MemberRoles"/>.</param>
    /// <param name="JoinedAt">When it joined.</param>
    public sealed record Card(string Id, string Name, string Role, DateTimeOffset JoinedAt);
}
