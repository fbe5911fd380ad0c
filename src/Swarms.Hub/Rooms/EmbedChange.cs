using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's embeds.</summary>
internal abstract record EmbedChange : RoomChange
{
    /// <summary>
    /// Adds an embed with the hash of its token. The commit fails with <c>unauthenticated</c> or <c>forbidden</c> if its maker is no host
    /// any more, and with <c>not_found</c> if there is no such run.
    /// </summary>
    internal sealed record Add(Embed Embed, byte[] Hash) : EmbedChange;

    /// <summary>
    /// Deletes an embed. The commit fails with <c>not_found</c> if there is no such embed; with <c>unauthenticated</c> or
    /// <c>forbidden</c> if <paramref name="By"/> is no host any more.
    /// </summary>
    internal sealed record Delete(string EmbedId, string By) : EmbedChange;
}
