using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>member.left</c>.</summary>
/// <param name="Member">The member who left.</param>
/// <param name="Reason">One of <see cref="LeaveReasons"/>.</param>
public sealed record MemberLeftPayload(MemberLeftPayload.Reference Member, string Reason)
{
    /// <summary>Creates the payload for the member with this id.</summary>
    public static MemberLeftPayload Of(string memberId, string reason) => new(new Reference(memberId), reason);

    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static MemberLeftPayload Read(JsonElement data) => Of(data.Object("member").Text("id") ?? "", data.Text("reason") ?? "");

    /// <summary>A member by its id.</summary>
    /// <param name="Id">The id.</param>
    public sealed record Reference(string Id);
}
