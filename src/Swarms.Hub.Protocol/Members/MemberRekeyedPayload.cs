using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>member.rekeyed</c>.</summary>
/// <param name="Member">The member who exchanged its token.</param>
/// <param name="Token">The id of the token that is gone. It tells tokens apart and opens nothing.</param>
public sealed record MemberRekeyedPayload(MemberLeftPayload.Reference Member, string Token)
{
    /// <summary>Creates the payload for the member with this id.</summary>
    public static MemberRekeyedPayload Of(string memberId, string token) => new(new MemberLeftPayload.Reference(memberId), token);

    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static MemberRekeyedPayload Read(JsonElement data) =>
        Of(data.Object("member").Text("id") ?? "", data.Text("token") ?? "");
}
